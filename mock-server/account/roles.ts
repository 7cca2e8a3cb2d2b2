/** Who acts for which body: granted and taken away by administrators, never by the code. */
import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { StaffMember } from '../../src/domain/api'
import { isGrant, type StaffRole } from '../../src/domain/roles'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, roles, secondFactors, sessions } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import { accountOf, shown, type AccountRow } from './sessions'

/** Any number that no other lock of ours has. */
const ADMIN_LOCK = 5_902_041

/** The roles that stand. */
export function rolesOf(db: Queries, account: string): Promise<{ id: string; role: StaffRole; body: string; at: Date }[]> {
  return db
    .select({ id: roles.id, role: roles.role, body: roles.body, at: roles.at })
    .from(roles)
    .where(and(eq(roles.account, account), isNull(roles.revokedAt)))
    .orderBy(asc(roles.at))
}

export async function memberOf(db: Queries, account: AccountRow): Promise<StaffMember> {
  const standing = await rolesOf(db, account.id)
  const [factor] = await db.select().from(secondFactors).where(eq(secondFactors.account, account.id))
  return {
    account: shown(account),
    roles: standing.map(({ at, ...role }) => ({ ...role, at: at.toISOString() })),
    secondFactor: Boolean(factor?.confirmedAt),
    disabled: account.disabledAt !== null,
  }
}

/** Everybody who has a role, also with a disabled account. */
export async function staff(db: Queries): Promise<StaffMember[]> {
  const acting = db.select({ account: roles.account }).from(roles).where(isNull(roles.revokedAt))
  const rows = await db.select().from(accounts).where(inArray(accounts.id, acting)).orderBy(asc(accounts.createdAt))
  return Promise.all(rows.map((account) => memberOf(db, account)))
}

/** Gives a role to whoever has this number. @throws Refusal 400 `bad-grant` */
export async function grant(
  { db, time, calls }: Context,
  by: string | null,
  { phone, role, body }: { phone: string; role: string; body: string },
): Promise<StaffMember> {
  if (!isGrant(role, body, calls.current().quotas)) throw new Refusal(400, 'bad-grant', '没有这个角色，或者没有这个单位。')
  const now = time.clock()
  const account = await accountOf(db, phone, now)
  await db
    .insert(roles)
    .values({ id: randomUUID(), account: account.id, role, body, grantedBy: by, at: new Date(now) })
    .onConflictDoNothing()
  return memberOf(db, account)
}

/** @throws Refusal 404, 409 `last-admin` */
export function revoke({ db, time }: Context, id: string): Promise<void> {
  return keepingAnAdmin(db, async (tx) => {
    const ended = await tx
      .update(roles)
      .set({ revokedAt: new Date(time.clock()) })
      .where(and(eq(roles.id, id), isNull(roles.revokedAt)))
      .returning()
    if (ended.length === 0) throw notFound()
  })
}

/** Nobody gets in with a disabled account; its sessions are gone for good. @throws Refusal 404, 409 `last-admin` */
export function setDisabled({ db, time }: Context, id: string, disabled: boolean): Promise<void> {
  return keepingAnAdmin(db, async (tx) => {
    const changed = await tx
      .update(accounts)
      .set({ disabledAt: disabled ? new Date(time.clock()) : null })
      .where(eq(accounts.id, id))
      .returning()
    if (changed.length === 0) throw notFound()
    if (disabled) await tx.delete(sessions).where(eq(sessions.account, id))
  })
}

/** Two administrators who remove each other at the same moment must not both succeed. */
function keepingAnAdmin(db: Context['db'], change: (tx: Queries) => Promise<void>): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADMIN_LOCK})`)
    const before = await hasAdmin(tx)
    await change(tx)
    if (before && !(await hasAdmin(tx))) throw new Refusal(409, 'last-admin', '这是最后一位管理员，请先指定另一位。')
  })
}

async function hasAdmin(tx: Queries): Promise<boolean> {
  const [row] = await tx
    .select({ id: roles.id })
    .from(roles)
    .innerJoin(accounts, and(eq(accounts.id, roles.account), isNull(accounts.disabledAt)))
    .where(and(eq(roles.role, 'admin'), isNull(roles.revokedAt)))
    .limit(1)
  return row !== undefined
}

/** The first administrator, named by the operator (`ADMIN_PHONE`); where there is one already, nothing happens. */
export function ensureAdmin({ db, time }: Context, phone: string): Promise<void> {
  const now = time.clock()
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADMIN_LOCK})`)
    if (await hasAdmin(tx)) return
    const { id } = await accountOf(tx, phone, now)
    await tx.update(accounts).set({ disabledAt: null }).where(and(eq(accounts.id, id), isNotNull(accounts.disabledAt)))
    const values = { id: randomUUID(), account: id, role: 'admin', body: '', grantedBy: null, at: new Date(now) } as const
    await tx.insert(roles).values(values).onConflictDoNothing()
  })
}
