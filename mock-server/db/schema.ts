/**
 * The tables. Values stand as `json`, not `jsonb`: what was typed comes back byte for byte, also characters that
 * jsonb refuses (U+0000, half a surrogate pair), so that no answer can wedge a phone's queue.
 */
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import type { Award } from '../../src/domain/forms/kinds'
import type { Receipt, Standing } from '../../src/domain/submission'
import type { Conflict, Json, Verdict } from '../../src/domain/sync'

// Drizzle's own json column parses a text answer once more: '13900000000' would come back as a number.
const json = <T>(name: string) =>
  customType<{ data: T; driverData: unknown }>({
    dataType: () => 'json',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => value as T,
  })(name)
const bytes = (name: string) => customType<{ data: Buffer }>({ dataType: () => 'bytea' })(name)
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const accounts = pgTable('accounts', {
  id: uuid('id').primaryKey(),
  phone: text('phone').notNull().unique(),
  name: text('name'),
  /** Another one from the moment on that phones know more than these tables: they were restored from a backup. */
  epoch: uuid('epoch').notNull().defaultRandom(),
  createdAt: instant('created_at').notNull(),
})

export const sessions = pgTable('sessions', {
  /** SHA-256 of the cookie's token: a copy of this table opens no session. */
  token: text('token').primaryKey(),
  account: uuid('account')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

export const codes = pgTable(
  'codes',
  {
    request: uuid('request').primaryKey(),
    /** HMAC of the number: nobody's number stands here who never signed in. */
    phone: text('phone').notNull(),
    code: text('code').notNull(),
    address: text('address').notNull(),
    tries: integer('tries').notNull().default(0),
    open: boolean('open').notNull().default(true),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('codes_phone').on(table.phone, table.createdAt), index('codes_created').on(table.createdAt)],
)

export const devices = pgTable('devices', {
  id: uuid('id').primaryKey(),
  account: uuid('account')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
})

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
  },
  (table) => [index('drafts_owner').on(table.owner)],
)

const ofDraft = () =>
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

export const receiptSequence = pgSequence('receipt_sequence')

export const submissions = pgTable(
  'submissions',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    number: text('number').notNull().unique(),
    draft: ofDraft(),
    revision: integer('revision').notNull(),
    digest: text('digest').notNull(),
    /** The canonical JSON under the digest. */
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

/** Secrets that instances share, made at the first start. */
export const secrets = pgTable('secrets', { name: text('name').primaryKey(), value: text('value').notNull() })

/** Data keys of phones with a PIN, for whoever forgets it; sealed, so that a copy of this table opens no phone. */
export const phoneKeys = pgTable(
  'phone_keys',
  {
    id: uuid('id').primaryKey(),
    account: uuid('account')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    sealed: bytes('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('phone_keys_account').on(table.account)],
)
