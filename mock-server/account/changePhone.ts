import { and, eq, ne } from 'drizzle-orm'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { audit, portalAct } from '../audit/audit'
import type { Context } from '../context'
import { accounts } from '../db/schema'
import { Refusal } from '../http/refusal'
import { useCode, type Used } from './codes'
import { endOthers } from './ownSessions'
import { openSession, type AccountRow, type Session } from './sessions'

/**
 * Another number for the account, by a code that was sent to it. The old number is told first: without that message
 * nothing changes. All other sessions end, and this one gets a new token.
 * @throws Refusal 400 `bad-code`, 409 `phone-taken`, 503 `sms-down`
 */
export async function changePhone(
  context: Context,
  session: Session,
  used: Used,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<AccountRow> {
  const { db, sms } = context
  const { id, phone: old } = session.account
  await useCode(context, used, 'new-phone')
  const [holder] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.phone, used.phone), ne(accounts.id, id)))
  if (holder) throw taken()
  if (used.phone !== old) {
    const text = `您的匠申账号正改用尾号 ${used.phone.slice(-4)} 的手机号登录，其他设备会退出。不是您本人操作的，请马上联系主管部门。`
    await sms.send(old, text).catch((cause: unknown) => {
      const words = '通知短信暂时发不出去，手机号没有改。请稍后重新获取验证码再试。'
      throw Object.assign(new Refusal(503, 'sms-down', words, undefined, 60), { cause })
    })
  }
  const row = await rename(context, id, used.phone)
  await endOthers(context, session)
  await openSession(context, row, request, reply)
  return row
}

async function rename({ db, time }: Context, id: string, phone: string): Promise<AccountRow> {
  try {
    const row = await db.transaction(async (tx) => {
      const [renamed] = await tx.update(accounts).set({ phone }).where(eq(accounts.id, id)).returning()
      if (renamed) await audit(tx, portalAct(id, 'phone-changed', id, time.clock()))
      return renamed
    })
    if (row) return row
  } catch (reason) {
    // Somebody signed in with this number for the first time, a moment ago.
    const cause = reason instanceof DrizzleQueryError ? (reason.cause as { code?: string } | undefined) : undefined
    if (cause?.code !== '23505') throw reason
    throw taken()
  }
  throw new Error('An account vanished while its number was changed')
}

const taken = () => new Refusal(409, 'phone-taken', '这个手机号已经有自己的账号了，请换一个号码。')
