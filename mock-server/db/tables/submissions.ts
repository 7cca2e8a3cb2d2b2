/** What was submitted, and what proves it. */
import { bigserial, index, integer, pgSequence, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Receipt, Standing } from '../../../src/domain/submission'
import { instant, json } from './columns'
import { ofDraft } from './drafts'

export const receiptSequence = pgSequence('receipt_sequence')

export const submissions = pgTable(
  'submissions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    number: text('number').notNull().unique(),
    draft: ofDraft(),
    revision: integer('revision').notNull(),
    digest: text('digest').notNull(),
    /** The canonical JSON under the digest, sealed as a whole. */
    content: text('content').notNull(),
    receipt: json<Receipt>('receipt').notNull(),
    state: text('state').$type<Standing>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('submissions_draft').on(table.draft)],
)

/** One answer per key, whichever request brought it; the body's digest tells a repetition from a mistake. */
export const idempotency = pgTable(
  'idempotency',
  {
    draft: ofDraft(),
    key: text('key').notNull(),
    body: text('body').notNull(),
    receipt: json<Receipt>('receipt').notNull(),
  },
  (table) => [primaryKey({ columns: [table.draft, table.key] })],
)

/** Old keys stay: their receipts must verify for ever. The newest one signs. */
export const signingKeys = pgTable('signing_keys', {
  id: text('id').primaryKey(),
  publicKey: text('public_key').notNull(),
  privateKey: text('private_key').notNull(),
  createdAt: instant('created_at').notNull(),
})
