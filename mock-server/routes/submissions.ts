import type { FastifyInstance } from 'fastify'
import { desc, eq } from 'drizzle-orm'
import { signedIn } from '../account/gate'
import type { Context } from '../context'
import { submissions } from '../db/schema'
import { Refusal } from '../http/refusal'
import { anything, closed, documented, draftParams, object, sha256, whole } from '../http/schemas'
import { submit, withdraw } from '../submission/submit'

/** A request whose body dribbles in must not hold a place from before the closing instant. */
const DAWDLING = 30_000

/** 提交申报, 撤回, and the receipts of a draft. */
export function submissionRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Params: { id: string }; Body: { revision: number; digest: string } }>(
    '/api/drafts/:id/submissions',
    {
      schema: {
        ...documented('提交', '提交申报，得到回执；请求头 Idempotency-Key 必填', object({ number: { type: 'string' } })),
        params: draftParams,
        body: closed({ revision: whole, digest: sha256 }),
      },
    },
    async (request) => {
      const now = context.time.arrival()
      const arrivedAt = now - request.arrivedAt > DAWDLING ? now : request.arrivedAt
      const account = signedIn(request)
      const key = request.headers['idempotency-key']
      if (typeof key !== 'string' || !/^[\x21-\x7e]{8,100}$/.test(key))
        throw new Refusal(400, 'key-missing', '请求里缺少 Idempotency-Key。')
      return submit(context, { draft: request.params.id, owner: account.id, key, body: request.body, arrivedAt })
    },
  )

  app.delete<{ Params: { id: string } }>(
    '/api/drafts/:id/submission',
    { schema: { ...documented('提交', '撤回：截止前可以，之后这份申报没有提交'), params: draftParams } },
    async (request, reply) => {
      const account = signedIn(request)
      await withdraw(context, request.params.id, account.id, request.arrivedAt)
      return reply.code(204).send()
    },
  )

  app.get<{ Params: { id: string } }>(
    '/api/drafts/:id/receipts',
    {
      schema: {
        ...documented('提交', '这份申报的所有回执，新的在前', object({ receipts: anything, standings: anything })),
        params: draftParams,
      },
    },
    async (request) => {
      const of = eq(submissions.draft, request.params.id)
      const rows = await context.db.select().from(submissions).where(of).orderBy(desc(submissions.id))
      return {
        receipts: rows.map(({ receipt }) => receipt),
        standings: Object.fromEntries(rows.map(({ number, state }) => [number, state])),
      }
    },
  )
}
