import type { FastifyInstance } from 'fastify'
import type { Context } from '../context'
import { anything, closed, documented, draftParams, object, text } from '../http/schemas'
import { sealOf } from '../seal/draftSeal'
import { historyOf } from '../sync/history'

const PAGE = 200
/** A number in an address is text. */
const version = { type: 'string', pattern: '^[0-9]{1,9}$', description: '只要这个版本之前的' }
/** Characters that the database can't look for are no path either. */
const path = { ...text(200), pattern: '^[^\\u0000-\\u001f]*$' }
const limit = { type: 'string', pattern: '^[1-9][0-9]{0,2}$', description: `最多几条，不超过 ${PAGE}` }

/** Who wrote what and when: nothing that was ever taken is lost. */
export function historyRoutes(app: FastifyInstance, context: Context): void {
  app.get<{ Params: { id: string }; Querystring: { path?: string; before?: string; limit?: string } }>(
    '/api/drafts/:id/history',
    {
      schema: {
        ...documented(
          '同步',
          '一份草稿的历史记录，新的在前',
          object({ versions: { type: 'array', description: 'Register', items: anything }, more: { type: 'boolean' } }),
        ),
        params: draftParams,
        querystring: closed({ path, before: version, limit }, ['path', 'before', 'limit']),
      },
    },
    async (request) => {
      const { path, before, limit: most } = request.query
      const { id } = request.params
      return historyOf(context.db, await sealOf(context.db, context.keys, id), id, {
        path,
        before: before === undefined ? undefined : Number(before),
        limit: Math.min(Number(most ?? PAGE), PAGE),
      })
    },
  )
}
