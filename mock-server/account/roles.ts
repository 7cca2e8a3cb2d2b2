/** Who acts for which body: granted and taken away by administrators, never by the code. */
import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNotNull, isNull, sql, type SQL } from 'drizzle-orm'
import type { StaffMember } from '../../src/domain/api'
import { isGrant, type StaffRole } from '../../src/domain/roles'
import { audit, OPERATOR, portalAct, type Act } from '../audit/audit'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, roles, secondFactors, sessions } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import { accountOf, shown } from './sessions'

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

/** Everybody who has a role, also with a disabled account. */
export function staff(db: Queries): Promise<StaffMember[]> {
  const acting = db.select({ account: roles.account }).from(roles).where(isNull(roles.revokedAt))
  return membersAmong(db, inArray(accounts.id, acting))
}

/** One account with its roles, if it has any. @throws Refusal 404 */
export async function member(db: Queries, which: SQL): Promise<StaffMember> {
  const [found] = await membersAmong(db, which)
  if (!found) throw notFound()
  return found
}

async function membersAmong(db: Queries, which: SQL): Promise<StaffMember[]> {
  const standing = and(eq(roles.account, accounts.id), isNull(roles.revokedAt))
  const rows = await db
    .select({ account: accounts, grant: roles, confirmedAt: secondFactors.confirmedAt })
    .from(accounts)
    .leftJoin(roles, standing)
    .leftJoin(secondFactors, eq(secondFactors.account, accounts.id))
    .where(which)
    .orderBy(asc(accounts.createdAt), asc(accounts.id), asc(roles.at))
  const members = new Map<string, StaffMember>()
  for (const { account, grant, confirmedAt } of rows) {
    const disabled = account.disabledAt !== null
    const of: StaffMember = { account: shown(account), roles: [], secondFactor: confirmedAt !== null, disabled }
    const one = members.get(account.id) ?? of
    if (grant) one.roles.push({ id: grant.id, role: grant.role, body: grant.body, at: grant.at.toISOString() })
    members.set(account.id, one)
  }
  return [...members.values()]
}

/** Gives a role to whoever has this number. @throws Refusal 400 `bad-grant` */
export async function grant(
  { db, time, calls }: Context,
  by: string,
  { phone, role, body }: { phone: string; role: string; body: string },
): Promise<StaffMember> {
  if (!isGrant(role, body, calls.current().quotas)) throw new Refusal(400, 'bad-grant', '没有这个角色，或者没有这个单位。')
  const now = time.clock()
  const account = await accountOf(db, phone, now)
  await db.transaction(async (tx) => {
    const row = { id: randomUUID(), account: account.id, role, body, grantedBy: by, at: new Date(now) }
    const [granted] = await tx.insert(roles).values(row).onConflictDoNothing().returning()
    if (granted) await audit(tx, portalAct(by, 'role-granted', account.id, now, { role, body }))
  })
  return member(db, eq(accounts.id, account.id))
}

/** @throws Refusal 404, 409 `last-admin` */
export function revoke({ db, time }: Context, by: string, id: string): Promise<void> {
  return keepingAnAdmin(db, async (tx) => {
    const [ended] = await tx
      .update(roles)
      .set({ revokedAt: new Date(time.clock()) })
      .where(and(eq(roles.id, id), isNull(roles.revokedAt)))
      .returning()
    if (!ended) throw notFound()
    const { account, role, body } = ended
    return portalAct(by, 'role-revoked', account, time.clock(), { role, body })
  })
}

/** Nobody gets in with a disabled account; its sessions are gone for good. @throws Refusal 404, 409 `last-admin` */
export function setDisabled({ db, time }: Context, by: string, id: string, disabled: boolean): Promise<void> {
  return keepingAnAdmin(db, async (tx) => {
    const changed = await tx
      .update(accounts)
      .set({ disabledAt: disabled ? new Date(time.clock()) : null })
      .where(eq(accounts.id, id))
      .returning()
    if (changed.length === 0) throw notFound()
    if (disabled) await tx.delete(sessions).where(eq(sessions.account, id))
    return portalAct(by, disabled ? 'account-disabled' : 'account-enabled', id, time.clock())
  })
}

/** Two administrators who remove each other at the same moment must not both succeed. */
function keepingAnAdmin(db: Context['db'], change: (tx: Queries) => Promise<Act>): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ADMIN_LOCK})`)
    const before = await hasAdmin(tx)
    const act = await change(tx)
    if (before && !(await hasAdmin(tx))) throw new Refusal(409, 'last-admin', '这是最后一位管理员，请先指定另一位。')
    await audit(tx, act)
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
    await audit(tx, portalAct(OPERATOR, 'role-granted', id, now, { role: 'admin', body: '' }))
  })
}
