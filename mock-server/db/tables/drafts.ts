/** Drafts, every value in them, and what became of each operation. */
import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { Award } from '../../../src/domain/forms/kinds'
import type { Conflict, Json, Verdict } from '../../../src/domain/sync'
import type { IdentityKind } from '../../seal/identity'
import { instant, json } from './columns'
import { accounts, devices } from './people'

export const drafts = pgTable(
  'drafts',
  {
    id: uuid('id').primaryKey(),
    owner: uuid('owner')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    call: text('call').notNull(),
    award: text('award').$type<Award>().notNull(),
    formVersion: integer('form_version').notNull(),
    revision: integer('revision').notNull().default(0),
    /** Number of the receipt that stands; null when nothing is submitted. */
    submitted: text('submitted'),
    createdAt: instant('created_at').notNull(),
    /** The title was awarded: the law asks to keep such an application longer. */
    awardedAt: instant('awarded_at'),
    /** Its content is gone and its key destroyed; the row stays, so that no phone brings it back. */
    erasedAt: instant('erased_at'),
  },
  (table) => [index('drafts_owner').on(table.owner)],
)

export const ofDraft = () =>
  uuid('draft')
    .notNull()
    .references(() => drafts.id, { onDelete: 'cascade' })
const written = {
  path: text('path').notNull(),
  value: json<Json>('value'),
  version: integer('version').notNull(),
  base: integer('base').notNull(),
  device: uuid('device').notNull(),
  account: uuid('account').notNull(),
  at: instant('at').notNull(),
}

/** What a draft's sensitive values are sealed with (see seal/). */
export const draftKeys = pgTable('draft_keys', {
  draft: ofDraft().primaryKey(),
  /** Sealed under the master key; null once it was destroyed: nothing under it can be read again. */
  key: text('key'),
  /** Id of the master key. */
  master: text('master').notNull(),
  /** Since when its time is over by the rules of retention; it is erased a while later. */
  dueSince: instant('due_since'),
})

/** Digests of ID and bank numbers under a key that isn't here: who applies twice is found without opening anything. */
export const identities = pgTable(
  'identities',
  { draft: ofDraft(), kind: text('kind').$type<IdentityKind>().notNull(), digest: text('digest').notNull() },
  (table) => [primaryKey({ columns: [table.draft, table.kind] }), index('identities_digest').on(table.kind, table.digest)],
)

/** What stands. */
export const registers = pgTable('registers', { draft: ofDraft(), ...written }, (table) => [
  primaryKey({ columns: [table.draft, table.path] }),
])

/** Every value that ever stood. */
export const history = pgTable('history', { draft: ofDraft(), ...written }, (table) => [
  primaryKey({ columns: [table.draft, table.version] }),
])

/** What was answered to each operation: a repeated one gets the same answer. */
export const operations = pgTable(
  'operations',
  {
    device: uuid('device')
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    draft: text('draft').notNull(),
    path: text('path').notNull(),
    base: integer('base').notNull(),
    /** The phone's own time: tells a repeated operation from another one with its number. */
    phoneAt: text('phone_at').notNull(),
    verdict: json<Verdict>('verdict').notNull(),
  },
  (table) => [primaryKey({ columns: [table.device, table.seq] })],
)

export const conflicts = pgTable(
  'conflicts',
  {
    id: uuid('id').primaryKey(),
    draft: ofDraft(),
    path: text('path').notNull(),
    mine: json<Json>('mine'),
    device: uuid('device').notNull(),
    account: uuid('account').notNull(),
    at: instant('at').notNull(),
    against: integer('against').notNull(),
    base: integer('base').notNull().default(0),
    reason: text('reason').$type<Conflict['reason']>().notNull(),
    closedAt: instant('closed_at'),
  },
  // A device's later refused value with the same base replaces its earlier one: its user went on typing over it. One
  // with another base was made upon what the server had by then; the earlier one must not go with it.
  (table) => [
    uniqueIndex('conflicts_open')
      .on(table.draft, table.path, table.device, table.base)
      .where(sql`closed_at is null`),
  ],
)
