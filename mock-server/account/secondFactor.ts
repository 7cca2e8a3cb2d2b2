/** The second factor of staff: six digits from an authenticator app (TOTP, RFC 6238), each taken once. */
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import type { SecondFactorSecret } from '../../src/domain/api'
import { audit, portalAct } from '../audit/audit'
import type { Context } from '../context'
import { secondFactors, sessions } from '../db/schema'
import { Refusal } from '../http/refusal'
import type { MasterKeys } from '../seal/master'
import { serverSeal } from '../seal/secret'
import { maskPhone, type AccountRow } from './sessions'

const TRIES = 5
const LOCKED = 15 * 60_000
const PERIOD = 30
export const factorSeal = (keys: MasterKeys) => serverSeal(keys, 'second factors')

/** 160 bits, as RFC 4226 asks; a second begin replaces a secret that was never confirmed. @throws Refusal 409 `enrolled` */
export async function beginFactor(context: Context, { id, phone }: AccountRow): Promise<SecondFactorSecret> {
  const secret = new Secret({ size: 20 })
  const sealed = factorSeal(context.keys).seal(Buffer.from(secret.base32), id)
  await context.db.transaction(async (tx) => {
    const [known] = await tx.select().from(secondFactors).where(eq(secondFactors.account, id)).for('update')
    if (known?.confirmedAt) throw new Refusal(409, 'enrolled', '已经绑定过动态口令。换了手机的话，请让管理员先解除。')
    await tx
      .insert(secondFactors)
      .values({ account: id, secret: sealed })
      .onConflictDoUpdate({ target: secondFactors.account, set: { secret: sealed } })
  })
  return { secret: secret.base32, uri: totp(secret.base32, phone).toString() }
}

const totp = (secret: string, phone: string) =>
  new TOTP({ issuer: '匠申', label: maskPhone(phone), algorithm: 'SHA1', digits: 6, period: PERIOD, secret: Secret.fromBase32(secret) })

/** The first right code confirms. @throws Refusal 400 `bad-code`, 409 `not-enrolled`, 429 `locked` */
export async function checkFactor(context: Context, { id, phone }: AccountRow, code: string): Promise<void> {
  const now = context.time.clock()
  const sealing = factorSeal(context.keys)
  const right = await context.db.transaction(async (tx) => {
    const own = eq(secondFactors.account, id)
    const [row] = await tx.select().from(secondFactors).where(own).for('update')
    if (!row) throw new Refusal(409, 'not-enrolled', '还没有绑定动态口令，请先绑定。')
    const secret = sealing.open(row.secret, id)?.toString()
    if (!secret) throw new Refusal(409, 'unreadable', '动态口令已经失效，请让管理员解除，再重新绑定。')
    const wait = Math.ceil(((row.lockedUntil?.getTime() ?? 0) - now) / 1000)
    if (wait > 0) throw new Refusal(429, 'locked', `口令错了太多次，请 ${Math.ceil(wait / 60)} 分钟后再试。`, undefined, wait)
    // A step to either side: clocks differ, and typing takes its time.
    const delta = totp(secret, phone).validate({ token: code, timestamp: now, window: 1 })
    const step = Math.floor(now / 1000 / PERIOD) + (delta ?? 0)
    if (delta === null || step <= row.lastStep) {
      const wrong = row.wrong + 1
      const locked = wrong >= TRIES ? { wrong: 0, lockedUntil: new Date(now + LOCKED) } : { wrong }
      await tx.update(secondFactors).set(locked).where(own)
      return false
    }
    await tx
      .update(secondFactors)
      // Sealed anew: the master key may be another one by now.
      .set({ secret: sealing.seal(Buffer.from(secret), id), lastStep: step, wrong: 0, lockedUntil: null, confirmedAt: row.confirmedAt ?? new Date(now) })
      .where(own)
    return true
  })
  if (!right) throw new Refusal(400, 'bad-code', '动态口令不对或已经用过，请看清手机上的 6 位数字，等它换一组再试。')
}

/** A lost phone: the factor is taken off, and nobody stays at level 2 by it. */
export async function removeFactor({ db, time }: Context, by: string, account: string): Promise<void> {
  await db.transaction(async (tx) => {
    const removed = await tx.delete(secondFactors).where(eq(secondFactors.account, account)).returning()
    await tx.update(sessions).set({ raisedAt: null }).where(eq(sessions.account, account))
    if (removed.length > 0) await audit(tx, portalAct(by, 'second-factor-removed', account, time.clock()))
  })
}

export async function hasFactor({ db }: Context, account: string): Promise<boolean> {
  const [row] = await db.select({ at: secondFactors.confirmedAt }).from(secondFactors).where(eq(secondFactors.account, account))
  return Boolean(row?.at)
}
