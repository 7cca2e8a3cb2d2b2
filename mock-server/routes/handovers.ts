import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../context'
import { findHandover, markTaken, MOST_BYTES, stateOf, sweepHandovers } from '../handover/handovers'
import { takeHandover } from '../handover/take'
import { Refusal } from '../http/refusal'
import { closed, documented, object, sha256, text, whole } from '../http/schemas'

const params = closed({ id: sha256 })
const MINUTE = 60_000
/** Per address of the network: a whole workshop may share one. */
const often = (max: number) => ({ rateLimit: { max, timeWindow: '10 minutes' } })

/**
 * One draft from one browser to another, as an encrypted package that the server can't read. Nobody needs to be signed in:
 * whoever knows the code knows the id (256 bits, derived from the code on the phone), and nobody can guess one.
 */
export function handoverRoutes(app: FastifyInstance, context: Context): void {
  const timer = setInterval(() => void sweepHandovers(context).catch(() => undefined), 5 * MINUTE)
  timer.unref()
  app.addHook('onClose', (_, done) => {
    clearInterval(timer)
    done()
  })

  void app.register((scope, _, done) => {
    // The body goes to the storage as it comes; nothing parses it.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/octet-stream', (_request, _payload, parsed) => parsed(null))
    scope.post<{ Headers: { 'x-handover': string } }>(
      '/api/handovers',
      {
        bodyLimit: MOST_BYTES,
        config: often(60),
        schema: {
          ...documented('转移', '放上一份加密的草稿（30 分钟内取走）', object({ expiresAt: text(40) })),
          consumes: ['application/octet-stream'],
          headers: { type: 'object', required: ['x-handover'], properties: { 'x-handover': sha256 } },
        },
      },
      async (request, reply) => {
        // Who sends too much anyway is not listened to until the end.
        if (Number(request.headers['content-length']) > MOST_BYTES) reply.header('connection', 'close')
        const expiresAt = await takeHandover(context, request, request.headers['x-handover'])
        return reply.code(201).send({ expiresAt: expiresAt.toISOString() })
      },
    )
    done()
  })

  app.get<{ Params: { id: string } }>(
    '/api/handovers/:id/state',
    {
      config: often(3000),
      schema: { ...documented('转移', '是否已被取走', object({ state: text(10), bytes: whole, expiresAt: text(40) })), params },
    },
    async (request) => {
      const row = await findHandover(context, request.params.id)
      if (!row) throw gone()
      return { state: stateOf(row), bytes: row.bytes, expiresAt: row.expiresAt.toISOString() }
    },
  )

  app.get<{ Params: { id: string } }>(
    '/api/handovers/:id',
    // What is encrypted gets no smaller.
    {
      compress: false,
      exposeHeadRoute: false,
      config: often(300),
      schema: { ...documented('转移', '取一份加密的草稿；中断后可带 Range 接着取'), params },
    },
    async (request, reply) => {
      const row = await findHandover(context, request.params.id)
      if (!row || stateOf(row) === 'coming') throw gone()
      if (stateOf(row) === 'taken') throw new Refusal(410, 'taken', '这份草稿已经在另一台手机上打开过了。需要的话，请在原来的手机上重新生成转移码。')
      return send(context, reply, row, request.headers.range)
    },
  )

  app.delete<{ Params: { id: string } }>(
    '/api/handovers/:id',
    { config: often(300), schema: { ...documented('转移', '已经取走并存好，或者不转移了'), params } },
    async (request, reply) => {
      const row = await findHandover(context, request.params.id)
      if (row) await markTaken(context, row)
      return reply.code(204).send()
    },
  )
}

const gone = () => new Refusal(404, 'not-found', '没有找到这个转移码。请检查有没有输错；转移码 30 分钟内有效，过期请重新生成。')

interface Ready {
  stored: string
  bytes: number
}

/** From the first byte, or from where an interrupted download goes on (`Range: bytes=N-`). */
async function send({ files }: Context, reply: FastifyReply, { stored, bytes }: Ready, range: string | undefined) {
  const from = Number(/^bytes=(\d{1,10})-$/.exec(range ?? '')?.[1] ?? 0)
  if (from >= bytes) throw new Refusal(416, 'range', '没有更多内容了。')
  reply
    .code(from > 0 ? 206 : 200)
    .type('application/octet-stream')
    .header('content-length', bytes - from)
    .header('accept-ranges', 'bytes')
    .header('content-security-policy', "sandbox; default-src 'none'")
  if (from > 0) reply.header('content-range', `bytes ${from}-${bytes - 1}/${bytes}`)
  return reply.send(await files.stream(stored, from))
}
