import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { signedIn } from '../account/gate'
import { audit, portalAct } from '../audit/audit'
import type { Context } from '../context'
import { anything, documented, object } from '../http/schemas'
import { eraseAccount } from '../personalData/eraseAccount'
import { exportOf } from '../personalData/export'

/** What the law gives everybody about their own data: a copy of it, and its erasure. */
export function personalDataRoutes(app: FastifyInstance, context: Context): void {
  app.get(
    '/api/me/export',
    {
      config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: documented('个人信息', '导出本人的全部信息（JSON 文件）', object({ account: anything, drafts: anything })),
    },
    async (request, reply) => {
      const { id } = signedIn(request)
      const at = context.time.now()
      await context.db.transaction((tx) =>
        audit(tx, portalAct(id, 'exported', id, at)),
      )
      return reply
        .type('application/json; charset=utf-8')
        .header('content-disposition', 'attachment; filename="jiangshen-my-data.json"')
        .send(Readable.from(exportOf(context, id)))
    },
  )

  app.delete(
    '/api/me',
    {
      config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: documented(
        '个人信息',
        '注销账号：删除本人的信息，要在登录后五分钟内；依法要保留的在 kept 里',
        object({ erased: { type: 'integer' }, kept: anything }),
      ),
    },
    (request) => eraseAccount(context, signedIn(request).id),
  )
}
