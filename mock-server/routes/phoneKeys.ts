import type { FastifyInstance } from 'fastify'
import { signedIn } from '../account/gate'
import { dropPhoneKey, keepPhoneKey, phoneKeyOf } from '../account/phoneKeys'
import type { Context } from '../context'
import { closed, documented, object, text, uuid } from '../http/schemas'

interface Params {
  id: string
}
const url = '/api/me/phone-keys/:id'
const params = closed({ id: uuid })
const config = { rateLimit: { max: 20, timeWindow: '1 minute' } }
/** 32 bytes as base64. */
const key = { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' }

/** The data keys of phones with a PIN: given while signed in, back right after signing in. */
export function phoneKeyRoutes(app: FastifyInstance, context: Context): void {
  app.put<{ Params: Params; Body: { key: string } }>(
    url,
    { config, schema: { ...documented('应用锁', '存放一把手机数据的钥匙'), params, body: closed({ key }) } },
    async (request, reply) => {
      const { id } = signedIn(request)
      await keepPhoneKey(context, id, request.params.id, Buffer.from(request.body.key, 'base64'))
      return reply.code(204).send()
    },
  )

  app.get<{ Params: Params }>(
    url,
    { config, schema: { ...documented('应用锁', '重新登录后取回钥匙（登录 5 分钟内）', object({ key: text(44) })), params } },
    async (request) => {
      const { id } = signedIn(request)
      return { key: (await phoneKeyOf(context, id, request.params.id)).toString('base64') }
    },
  )

  app.delete<{ Params: Params }>(url, { schema: { ...documented('应用锁', '不再需要这把钥匙'), params } }, async (request, reply) => {
    const { id } = signedIn(request)
    await dropPhoneKey(context, id, request.params.id)
    return reply.code(204).send()
  })
}
