import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt, lt, lte } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../../src/domain/api'
import { audit, portalAct } from '../audit/audit'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, sessions } from '../db/schema'
import { Refusal } from '../http/refusal'
import { deviceWords } from './device'

const COOKIE = '__Host-session'
const DAYS = 30
const HOUR = 3_600_000
/** The second factor is asked for once in a working day. */
const RAISED = 12 * HOUR
const cookieOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

export type AccountRow = typeof accounts.$inferSelect

/** A request's session, as it stands at this moment. */
export interface Session {
  id: string
  account: AccountRow
  level: 1 | 2
  /** ms */
  signedInAt: number
}

export const maskPhone = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** What others may see of an account; the number is masked everywhere. */
export function shown({ id, name, phone }: AccountRow): Account {
  return { id, name: name ?? maskPhone(phone), phone: maskPhone(phone) }
}

/** The account of this number, made at the first signing in. */
export async function accountOf(db: Queries, phone: string, now: number): Promise<AccountRow> {
  await db
    .insert(accounts)
    .values({ id: randomUUID(), phone, createdAt: new Date(now) })
    .onConflictDoNothing()
  const [row] = await db.select().from(accounts).where(eq(accounts.phone, phone))
  if (!row) throw new Error('An account vanished while it was made')
  return row
}

/** Opens a session in a cookie; the one that the browser had before ends. @throws Refusal 401 `disabled` */
export async function openSession({ db, time }: Context, account: AccountRow, request: FastifyRequest, reply: FastifyReply) {
  if (account.disabledAt) throw disabled()
  const token = newToken()
  const now = new Date(time.clock())
  const expiresAt = new Date(now.getTime() + DAYS * 24 * HOUR)
  await db.transaction(async (tx) => {
    const old = request.cookies[COOKIE]
    if (old) await tx.delete(sessions).where(eq(sessions.token, digest(old)))
    await tx.delete(sessions).where(and(eq(sessions.account, account.id), lte(sessions.expiresAt, now)))
    const device = deviceWords(request.headers['user-agent'])
    const row = { token: digest(token), account: account.id, id: randomUUID(), device, createdAt: now, seenAt: now, expiresAt }
    await tx.insert(sessions).values(row)
  })
  reply.setCookie(COOKIE, token, { ...cookieOptions, maxAge: DAYS * 86_400 })
}

/** The second factor was shown: the session goes on, at level 2 and under another token. */
export async function raiseSession({ db, time }: Context, { id, account }: Session, reply: FastifyReply): Promise<void> {
  const token = newToken()
  const now = time.clock()
  const row = await db.transaction(async (tx) => {
    const [raised] = await tx
      .update(sessions)
      .set({ token: digest(token), raisedAt: new Date(now) })
      .where(eq(sessions.id, id))
      .returning()
    if (!raised) throw signedOut()
    await audit(tx, portalAct(account.id, 'staff-signed-in', account.id, now))
    return raised
  })
  reply.setCookie(COOKIE, token, { ...cookieOptions, maxAge: Math.max(1, Math.floor((row.expiresAt.getTime() - now) / 1000)) })
}

export async function closeSession({ db }: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[COOKIE]
  if (token) await db.delete(sessions).where(eq(sessions.token, digest(token)))
  reply.clearCookie(COOKIE, cookieOptions)
}

/** The session that the request's cookie opens; null: none. @throws Refusal 401 `disabled` */
export async function sessionOf({ db, time }: Context, request: FastifyRequest): Promise<Session | null> {
  const token = request.cookies[COOKIE]
  if (!token) return null
  const now = time.clock()
  const [row] = await db
    .select({ session: sessions, account: accounts })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.account))
    .where(and(eq(sessions.token, digest(token)), gt(sessions.expiresAt, new Date(now))))
  if (!row) return null
  const { session, account } = row
  if (account.disabledAt) throw disabled()
  if (now - session.seenAt.getTime() >= HOUR)
    await seen(db, session.id, now).catch((err: unknown) => request.log.warn({ trace: request.id, err }, 'last seen not kept'))
  const since = session.raisedAt ? now - session.raisedAt.getTime() : -1
  // A clock that was set back makes no old one new.
  const raised = since >= 0 && since < RAISED
  return { id: session.id, account, level: raised ? 2 : 1, signedInAt: session.createdAt.getTime() }
}

/** Once an hour is enough, and a disk that is full must not end anybody's reading. */
async function seen(db: Queries, id: string, now: number): Promise<void> {
  await db
    .update(sessions)
    .set({ seenAt: new Date(now) })
    .where(and(eq(sessions.id, id), lt(sessions.seenAt, new Date(now))))
}

const newToken = () => randomBytes(32).toString('base64url')
const digest = (token: string) => createHash('sha256').update(token).digest('base64url')
export const signedOut = () => new Refusal(401, 'signed-out', '请先登录。内容都在手机里，登录后会自动同步。')
const disabled = () => new Refusal(401, 'disabled', '这个账号已停用，请联系主管部门。内容都还在手机里。')
