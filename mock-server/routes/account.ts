import type { FastifyInstance } from 'fastify'
import { changePhone } from '../account/changePhone'
import { sendCode, useCode, type Used } from '../account/codes'
import { sessionIn, signedIn } from '../account/gate'
import { endOthers, endSession, ownSessions } from '../account/ownSessions'
import { rolesOf } from '../account/roles'
import { hasFactor } from '../account/secondFactor'
import { accountOf, closeSession, openSession, shown } from '../account/sessions'
import type { Context } from '../context'
import { anything, closed, documented, object, phone, text, uuid } from '../http/schemas'

const account = object({ account: object({ id: uuid, name: text(60), phone: text(11) }) })
const sent = object({ request: uuid, resendAfter: { type: 'integer' }, code: text(6) })
const used = closed({ request: uuid, phone, code: text(10) })
const tight = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } })

/** Signing in by phone number and one-time code; the devices, and the number. */
export function accountRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Body: { phone: string } }>(
    '/api/codes',
    { config: tight(60), schema: { ...documented('登录', '发送短信验证码', sent), body: closed({ phone }) } },
    (request) => sendCode(context, request.body.phone, request.ip),
  )

  app.post<{ Body: Used }>(
    '/api/sessions',
    { config: tight(60), schema: { ...documented('登录', '用验证码登录', account), body: used } },
    async (request, reply) => {
      const { body } = request
      await useCode(context, body)
      const row = await accountOf(context.db, body.phone, context.time.clock())
      await openSession(context, row, request, reply)
      return { account: shown(row) }
    },
  )

  app.get('/api/sessions/current', { schema: documented('登录', '当前登录的账号、角色和登录级别', account) }, async (request) => {
    const session = sessionIn(request)
    const roles = await rolesOf(context.db, session.account.id)
    return {
      account: shown(session.account),
      level: session.level,
      roles: roles.map(({ role, body }) => ({ role, body })),
      secondFactor: await hasFactor(context, session.account.id),
    }
  })

  app.delete('/api/sessions/current', { schema: documented('登录', '退出登录') }, async (request, reply) => {
    await closeSession(context, request, reply)
    return reply.code(204).send()
  })

  app.get('/api/sessions', { schema: documented('登录', '登录的设备', object({ devices: anything })) }, async (request) => ({
    devices: await ownSessions(context, sessionIn(request)),
  }))

  app.delete('/api/sessions/others', { schema: documented('登录', '退出其他所有设备', object({ ended: anything })) }, async (request) => ({
    ended: await endOthers(context, sessionIn(request)),
  }))

  app.delete<{ Params: { session: string } }>(
    '/api/sessions/:session',
    { schema: { ...documented('登录', '退出一台设备'), params: closed({ session: uuid }) } },
    async (request, reply) => {
      await endSession(context, request.params.session, signedIn(request).id)
      return reply.code(204).send()
    },
  )

  app.post<{ Body: { phone: string } }>(
    '/api/account/phone/codes',
    { config: tight(60), schema: { ...documented('登录', '更换手机号：给新号码发验证码（登录 5 分钟内）', sent), body: closed({ phone }) } },
    (request) => sendCode(context, request.body.phone, request.ip, 'new-phone'),
  )

  app.put<{ Body: Used }>(
    '/api/account/phone',
    { config: tight(60), schema: { ...documented('登录', '更换手机号；旧号码会收到通知，其他设备退出', account), body: used } },
    async (request, reply) => ({ account: shown(await changePhone(context, sessionIn(request), request.body, request, reply)) }),
  )
}
