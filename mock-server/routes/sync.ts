import type { FastifyInstance } from 'fastify'
import { MAX_OPERATIONS, type PullRequest, type PushRequest } from '../../src/domain/sync'
import { signedIn } from '../account/gate'
import type { Context } from '../context'
import { Refusal } from '../http/refusal'
import { anything, closed, documented, object, text, uuid, whole } from '../http/schemas'
import { pull } from '../sync/pull'
import { push } from '../sync/push'

const version = { type: 'integer', minimum: 0, maximum: 2_147_483_647 }
/** Without U+0000, which the database takes in no name. */
const plain = (maxLength: number) => ({ ...text(maxLength), pattern: '^[^\\u0000]*$' })
const operation = closed({
  seq: { ...whole, minimum: 1 },
  draft: plain(64),
  path: plain(200),
  value: anything,
  base: version,
  at: plain(40),
})
const cursors = { type: 'object', maxProperties: 1000, additionalProperties: version }
const marks = { type: 'object', maxProperties: 1000, additionalProperties: text(40) }
const numbers = { account: text(64), cursors, marks, epoch: uuid, acknowledged: whole }
/** A server and a phone of different versions talk while an update rolls out: what is new to one of them is passed over. */
const tolerant = <T extends object>(schema: T) => ({ ...schema, additionalProperties: true })
const pushBody = tolerant(closed(
  {
    device: uuid,
    client: whole,
    operations: { type: 'array', items: operation },
    resolved: { type: 'array', maxItems: 1000, items: closed({ draft: text(64), conflict: text(64), at: text(40) }, ['at']) },
    ...numbers,
  },
  ['account', 'resolved', 'cursors', 'marks', 'epoch', 'acknowledged'],
))
const pullBody = tolerant(closed({ device: uuid, client: whole, ...numbers }, ['account', 'marks', 'epoch', 'acknowledged']))
const now = { type: 'string', format: 'date-time' }
const all = (of: string) => ({ type: 'array', description: of, items: anything })

/** Changes go up, changes come down: the protocol of src/domain/sync.ts. */
export function syncRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Body: PushRequest }>(
    '/api/sync/push',
    {
      schema: {
        ...documented('同步', '上传修改，逐条答复', object({ verdicts: all('Verdict, one per operation'), now })),
        body: pushBody,
      },
    },
    async (request) => {
      if (request.body.operations.length > MAX_OPERATIONS) throw new Refusal(413, 'too-large', '一次发送的内容太多，请分开再试。')
      return push(context, signedIn(request), request.body)
    },
  )

  app.post<{ Body: PullRequest }>(
    '/api/sync/pull',
    { schema: { ...documented('同步', '取回其他设备的修改', object({ drafts: all('PulledDraft'), now })), body: pullBody } },
    (request) => pull(context, signedIn(request).id, request.body),
  )
}
