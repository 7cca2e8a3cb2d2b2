/** Files and what travels. */
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant } from './columns'
import { ofDraft } from './drafts'
import { accounts } from './people'

/** Files that were received whole, checked and confirmed. */
export const files = pgTable(
  'files',
  {
    draft: ofDraft(),
    sha256: text('sha256').notNull(),
    type: text('type').notNull(),
    bytes: integer('bytes').notNull(),
    state: text('state').$type<'confirmed'>().notNull(),
    /** Its id in the file storage. */
    stored: text('stored').notNull(),
  },
  (table) => [primaryKey({ columns: [table.draft, table.sha256] })],
)

/** Uploads that were begun and neither confirmed nor refused yet; what is left behind counts against its account. */
export const uploads = pgTable(
  'uploads',
  {
    /** Its id in the file storage. */
    id: text('id').primaryKey(),
    account: uuid('account')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    bytes: integer('bytes').notNull(),
    begunAt: instant('begun_at').notNull().defaultNow(),
  },
  (table) => [index('uploads_account').on(table.account, table.begunAt)],
)

/** Small pictures that came ahead of their files; derivatives, never evidence. */
export const previews = pgTable(
  'previews',
  { draft: ofDraft(), sha256: text('sha256').notNull(), bytes: bytes('bytes').notNull() },
  (table) => [primaryKey({ columns: [table.draft, table.sha256] })],
)

/** Encrypted packages on their way from one browser to another; the server can't read them. */
export const handovers = pgTable(
  'handovers',
  {
    /** SHA-256 of the part of the code that finds it; the other part, which opens it, never comes here. */
    id: text('id').primaryKey(),
    /** Its id in the file storage. */
    stored: text('stored').notNull(),
    bytes: integer('bytes').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('handovers_expires').on(table.expiresAt)],
)
