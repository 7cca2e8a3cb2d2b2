/** What somebody may have to answer for. */
import { bigint, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Action, Detail } from '../../audit/entry'
import { instant, json } from './columns'

/** Acts that somebody may have to answer for: it only grows. Each entry's hash covers the one before it in its chain. */
export const audit = pgTable(
  'audit',
  {
    /** The call, or `portal` for what belongs to none. */
    chain: text('chain').notNull(),
    /** From 1, without gaps. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    /** Account id, or `system`. */
    actor: text('actor').notNull(),
    action: text('action').$type<Action>().notNull(),
    /** Id of the draft or the account. */
    subject: text('subject').notNull(),
    detail: json<Detail>('detail').notNull(),
    /** Hash of the entry before it; empty for the first. */
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.seq] })],
)
