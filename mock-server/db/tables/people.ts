/** Accounts, and how people get in. */
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { StaffRole } from '../../../src/domain/roles'
import { bytes, instant } from './columns'

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
