/** One-time codes by SMS: six digits, five minutes, five tries, once, for the request that asked. */
import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { CodeReply } from '../../src/domain/api'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { codes } from '../db/schema'
import { Refusal } from '../http/refusal'
import { digester } from '../seal/secret'
import { networkOf } from './network'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LIFE = 5 * MINUTE
const TRIES = 5
const RESEND_AFTER = 60

/** What a code is for: one that was sent for the one thing doesn't do the other. */
type Purpose = 'sign-in' | 'new-phone'
const purposes: Record<Purpose, string> = { 'sign-in': '您的匠申验证码是', 'new-phone': '您正在把匠申账号改用这个手机号，验证码是' }

/** How many codes may be sent within a time: to a number, to an address of the network, and in all. */
const limits = {
  phone: [
    [1, RESEND_AFTER * SECOND],
    [5, HOUR],
    [10, 24 * HOUR],
  ],
  address: [[200, HOUR]],
  total: [[3000, HOUR]],
} as const

/** Sends a code; an older one of the same number is void from now on. Numbers with and without account look alike. */
export async function sendCode(context: Context, phone: string, ip: string, purpose: Purpose = 'sign-in'): Promise<CodeReply> {
  const { db, time, sms, demonstration } = context
  const now = time.clock()
  const digest = digester(context.keys, 'codes')
  const number = digest(phone)
  const address = digest(networkOf(ip))
  const request = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await db.transaction(async (tx) => {
    // One after the other for a number and for an address; in all, a few at the same moment may be too many.
    for (const one of [number, address]) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${one}, 1))`)
    await withinLimits(tx, number, address, now)
    await tx
      .update(codes)
      .set({ open: false })
      .where(and(eq(codes.phone, number), eq(codes.open, true)))
    await tx.insert(codes).values({
      request,
      phone: number,
      code: digest(`${purpose} ${request} ${phone} ${code}`),
      address,
      createdAt: new Date(now),
    })
  })
  await sms.send(phone, `${purposes[purpose]} ${code}，5 分钟内有效。请勿告诉他人。`).catch((cause: unknown) => {
    throw Object.assign(new Refusal(503, 'sms-down', '短信暂时发不出去，请稍后再试。填写的内容不受影响。', undefined, 60), { cause })
  })
  return { request, resendAfter: RESEND_AFTER, ...(demonstration ? { code } : {}) }
}

async function withinLimits(tx: Queries, phone: string, address: string, now: number): Promise<void> {
  const scopes = [
    ...limits.phone.map(([most, span]) => ({ most, span, scope: eq(codes.phone, phone) })),
    ...limits.address.map(([most, span]) => ({ most, span, scope: eq(codes.address, address) })),
    ...limits.total.map(([most, span]) => ({ most, span, scope: undefined })),
  ]
  for (const { most, span, scope } of scopes) {
    // Up to now, not after it: a clock that was set back (--now) must not lock anybody out.
    const within = and(scope, gt(codes.createdAt, new Date(now - span)), lte(codes.createdAt, new Date(now)))
    const [row] = await tx
      .select({ sent: sql<number>`count(*)::int`, first: sql<Date>`min(created_at)` })
      .from(codes)
      .where(within)
    if (!row || row.sent < most) continue
    const wait = Math.max(1, Math.ceil((new Date(row.first).getTime() + span - now) / SECOND))
    throw new Refusal(429, 'too-many', `验证码发送太频繁，请 ${inWords(wait)}后再试。`, undefined, wait)
  }
}

const inWords = (seconds: number) => (seconds <= 90 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`)

const wrong = () => new Refusal(400, 'bad-code', '验证码不对或已失效，请核对后再试，或重新获取。')

export interface Used {
  request: string
  phone: string
  code: string
}

/** Uses up a code. Whatever is wrong, the answer is the same. @throws Refusal `bad-code` */
export async function useCode(context: Context, { request, phone, code }: Used, purpose: Purpose = 'sign-in'): Promise<void> {
  const { db, time } = context
  const digest = digester(context.keys, 'codes')
  const fits = await db.transaction(async (tx) => {
    const [row] = await tx.select().from(codes).where(eq(codes.request, request)).for('update')
    const age = row ? time.clock() - row.createdAt.getTime() : Infinity
    if (!row?.open || age >= LIFE || age < 0) return false
    const given = Buffer.from(digest(`${purpose} ${request} ${phone} ${code}`))
    const right = timingSafeEqual(given, Buffer.from(row.code))
    const tries = row.tries + 1
    await tx
      .update(codes)
      .set({ tries, open: !right && tries < TRIES })
      .where(eq(codes.request, request))
    return right
  })
  if (!fits) throw wrong()
}
