import type { FastifyInstance } from 'fastify'
import { eq } from 'drizzle-orm'
import { sessionIn, signedIn } from '../account/gate'
import { grant, member, revoke, setDisabled, staff } from '../account/roles'
import { beginFactor, checkFactor, removeFactor } from '../account/secondFactor'
import { raiseSession } from '../account/sessions'
import type { Context } from '../context'
import { accounts } from '../db/schema'
import { anything, closed, documented, object, phone, text, uuid } from '../http/schemas'

const tight = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } })
const shownMember = object({ account: anything, roles: anything, secondFactor: anything, disabled: anything })
const ofAccount = closed({ account: uuid })

/** The second factor of staff, and what administrators do with accounts and roles. */
export function staffRoutes(app: FastifyInstance, context: Context): void {
  app.post(
    '/api/second-factor',
    { schema: documented('工作人员', '绑定动态口令：密钥（登录 5 分钟内）', object({ secret: text(64), uri: text(400) })) },
    (request) => beginFactor(context, signedIn(request)),
  )
  app.post<{ Body: { code: string } }>(
    '/api/second-factor/check',
    { config: tight(30), schema: { ...documented('工作人员', '输入动态口令；第一次输对即绑定'), body: closed({ code: text(10) }) } },
    async (request, reply) => {
      await checkFactor(context, signedIn(request), request.body.code)
      await raiseSession(context, sessionIn(request), reply)
      return reply.code(204).send()
    },
  )

  app.get('/api/staff', { schema: documented('工作人员', '所有工作人员', object({ staff: anything })) }, async () => ({
    staff: await staff(context.db),
  }))
  app.post<{ Body: { phone: string; role: string; body: string } }>(
    '/api/staff',
    { schema: { ...documented('工作人员', '指定角色', shownMember), body: closed({ phone, role: text(40), body: text(60) }) } },
    (request) => grant(context, signedIn(request).id, request.body),
  )
  app.delete<{ Params: { grant: string } }>(
    '/api/staff/roles/:grant',
    { schema: { ...documented('工作人员', '取消角色，下一个请求起生效'), params: closed({ grant: uuid }) } },
    async (request, reply) => {
      await revoke(context, signedIn(request).id, request.params.grant)
      return reply.code(204).send()
    },
  )
  app.post<{ Body: { phone: string } }>(
    '/api/accounts/find',
    { config: tight(30), schema: { ...documented('工作人员', '按手机号找账号', shownMember), body: closed({ phone }) } },
    (request) => member(context.db, eq(accounts.phone, request.body.phone)),
  )
  app.put<{ Params: { account: string }; Body: { disabled: boolean } }>(
    '/api/accounts/:account/disabled',
    { schema: { ...documented('工作人员', '停用或恢复账号'), params: ofAccount, body: closed({ disabled: { type: 'boolean' } }) } },
    async (request, reply) => {
      await setDisabled(context, signedIn(request).id, request.params.account, request.body.disabled)
      return reply.code(204).send()
    },
  )
  app.delete<{ Params: { account: string } }>(
    '/api/accounts/:account/second-factor',
    { schema: { ...documented('工作人员', '解除动态口令（换了手机）'), params: ofAccount } },
    async (request, reply) => {
      await removeFactor(context, signedIn(request).id, request.params.account)
      return reply.code(204).send()
    },
  )
}
