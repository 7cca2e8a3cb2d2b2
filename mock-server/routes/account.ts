import type { FastifyInstance } from 'fastify'
import { sendCode, useCode } from '../account/codes'
import { accountOf, closeSession, openSession, shown, signedIn } from '../account/sessions'
import type { Context } from '../context'
import { closed, documented, object, phone, text, uuid } from '../http/schemas'

const account = object({ account: object({ id: uuid, name: text(60), phone: text(11) }) })
const tight = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } })

/** Signing in by phone number and one-time code. */
export function accountRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Body: { phone: string } }>(
    '/api/codes',
    {
      config: tight(60),
      schema: {
        ...documented('登录', '发送短信验证码', object({ request: uuid, resendAfter: { type: 'integer' }, code: text(6) })),
        body: closed({ phone }),
      },
    },
    (request) => sendCode(context, request.body.phone, request.ip),
  )

  app.post<{ Body: { request: string; phone: string; code: string } }>(
    '/api/sessions',
    {
      config: tight(60),
      schema: { ...documented('登录', '用验证码登录', account), body: closed({ request: uuid, phone, code: text(10) }) },
    },
    async (request, reply) => {
      const { body } = request
      await useCode(context, body.request, body.phone, body.code)
      const row = await accountOf(context.db, body.phone, context.time.clock())
      await openSession(context, row, request, reply)
      return { account: shown(row) }
    },
  )

  app.get('/api/sessions/current', { schema: documented('登录', '当前登录的账号', account) }, async (request) => ({
    account: shown(await signedIn(context, request)),
  }))

  app.delete('/api/sessions/current', { schema: documented('登录', '退出登录') }, async (request, reply) => {
    await closeSession(context, request, reply)
    return reply.code(204).send()
  })
}
