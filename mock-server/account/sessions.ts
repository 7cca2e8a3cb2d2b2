import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, eq, gt } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../../src/domain/api'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, sessions } from '../db/schema'
import { Refusal } from '../http/refusal'

const COOKIE = '__Host-session'
const DAYS = 30
const cookieOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'lax' } as const

type AccountRow = typeof accounts.$inferSelect

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

/** Opens a session in a cookie; the one that the browser had before ends. */
export async function openSession({ db, time }: Context, account: AccountRow, request: FastifyRequest, reply: FastifyReply) {
  const token = randomBytes(32).toString('base64url')
  const now = time.clock()
  const expiresAt = new Date(now + DAYS * 86_400_000)
  await db.transaction(async (tx) => {
    const old = request.cookies[COOKIE]
    if (old) await tx.delete(sessions).where(eq(sessions.token, digest(old)))
    await tx.insert(sessions).values({ token: digest(token), account: account.id, createdAt: new Date(now), expiresAt })
  })
  reply.setCookie(COOKIE, token, { ...cookieOptions, maxAge: DAYS * 86_400 })
}

export async function closeSession({ db }: Context, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = request.cookies[COOKIE]
  if (token) await db.delete(sessions).where(eq(sessions.token, digest(token)))
  reply.clearCookie(COOKIE, cookieOptions)
}

/** Whose session the request carries. @throws Refusal 401 `signed-out` */
export async function signedIn({ db, time }: Context, request: FastifyRequest): Promise<AccountRow> {
  const token = request.cookies[COOKIE]
  const [row] = token
    ? await db
        .select({ account: accounts })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.account))
        .where(and(eq(sessions.token, digest(token)), gt(sessions.expiresAt, new Date(time.clock()))))
    : []
  if (!row) throw new Refusal(401, 'signed-out', '请先登录。内容都在手机里，登录后会自动同步。')
  return row.account
}

/** The same for what only somebody may do who has just signed in. @throws Refusal 401, and 403 `sign-in-again` */
export async function signedInSince(context: Context, request: FastifyRequest, since: Date): Promise<AccountRow> {
  const account = await signedIn(context, request)
  const token = digest(request.cookies[COOKIE] ?? '')
  const [fresh] = await context.db.select().from(sessions).where(and(eq(sessions.token, token), gt(sessions.createdAt, since)))
  if (!fresh) throw new Refusal(403, 'sign-in-again', '为了安全，请用手机号重新登录一次。')
  return account
}

const digest = (token: string) => createHash('sha256').update(token).digest('base64url')
