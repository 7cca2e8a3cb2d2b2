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
import type { StaffRole } from '../../src/domain/roles'
import type { Award } from '../../src/domain/forms/kinds'
import type { Receipt, Standing } from '../../src/domain/submission'
import type { Conflict, Json, Verdict } from '../../src/domain/sync'
import type { Action, Detail } from '../audit/entry'
import type { IdentityKind } from '../seal/identity'

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
  /** Since when nobody may use it; null: it may be used. */
  disabledAt: instant('disabled_at'),
})

export const sessions = pgTable('sessions', {
  /** SHA-256 of the cookie's token: a copy of this table opens no session. */
  token: text('token').primaryKey(),
  account: uuid('account')
    .notNull()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  /** What people are shown and may end it by; it opens nothing. */
  id: uuid('id').notNull().unique().defaultRandom(),
  /** A few words for its owner, e.g. 安卓手机·微信; the browser's own long name is not kept. */
  device: text('device').notNull().default(''),
  /** Written at most once an hour. */
  seenAt: instant('seen_at').notNull().defaultNow(),
  /** When the second factor was shown. */
  raisedAt: instant('raised_at'),
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
    /** The title was awarded: the law asks to keep such an application longer. */
    awardedAt: instant('awarded_at'),
    /** Its content is gone and its key destroyed; the row stays, so that no phone brings it back. */
    erasedAt: instant('erased_at'),
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

/** Who acts for whom: grants are never removed, only ended. */
export const roles = pgTable(
  'roles',
  {
    id: uuid('id').primaryKey(),
    account: uuid('account')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    role: text('role').$type<StaffRole>().notNull(),
    /** The body that is acted for, e.g. 锡山区; empty where there is only one. */
    body: text('body').notNull().default(''),
    /** Null: the first administrator, named by the operator. */
    grantedBy: uuid('granted_by'),
    at: instant('at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [
    uniqueIndex('roles_standing')
      .on(table.account, table.role, table.body)
      .where(sql`revoked_at is null`),
  ],
)

/** Authenticator apps of staff. */
export const secondFactors = pgTable('second_factors', {
  account: uuid('account')
    .primaryKey()
    .references(() => accounts.id, { onDelete: 'cascade' }),
  /** Sealed (seal/secret.ts). */
  secret: bytes('secret').notNull(),
  /** Null until its first right code. */
  confirmedAt: instant('confirmed_at'),
  /** The 30-second step of the last code that was taken: none is taken twice. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  wrong: integer('wrong').notNull().default(0),
  lockedUntil: instant('locked_until'),
})

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
