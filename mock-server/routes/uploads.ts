import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { signedIn } from '../account/gate'
import { metadataIn } from '../account/records'
import type { Context } from '../context'
import { isAccepted, wrongType } from '../files/accepted'
import { chunkOf, takeChunk } from '../files/chunk'
import { Intake } from '../files/intake'
import { uploadLocks } from '../files/locks'
import { hasRoom, MAX_FILE_BYTES } from '../files/own'
import { receive, uploadFacts } from '../files/receive'
import { tusServer, UPLOADS } from '../files/tusServer'
import { ended } from '../files/unfinished'
import { uploadOf } from '../files/uploadOf'
import { Refusal } from '../http/refusal'
import { documented } from '../http/schemas'

/** What a client may ask before it begins. */
const spoken = {
  'tus-resumable': '1.0.0',
  'tus-version': '1.0.0',
  'tus-extension': 'creation,creation-with-upload,termination,checksum',
  'tus-checksum-algorithm': 'sha256',
  'tus-max-size': String(MAX_FILE_BYTES),
}

type Params = { upload: string }

/**
 * tus 1.0 uploads with checksums. Upload-Metadata: `draft`, `sha256` (hex), `type`. The right to write is checked on
 * every verb, by account/gate.ts.
 */
export function uploadRoutes(app: FastifyInstance, context: Context): void {
  const traces = new WeakMap<IncomingMessage, string>()
  const locks = uploadLocks()
  const tus = tusServer(context, locks, traces)
  const documentation = { config: { rateLimit: false as const }, schema: documented('文件', 'tus 1.0 分段上传') }
  void app.register((scope, _, done) => {
    // tus reads the stream itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null))
    for (const [url, method] of [
      [UPLOADS, ['POST', 'OPTIONS']],
      [`${UPLOADS}/:upload`, ['HEAD', 'DELETE', 'OPTIONS']],
    ] as const)
      scope.route<{ Params: Partial<Params> }>({
        method: [...method],
        url,
        ...documentation,
        handler: async (request, reply) => {
          // The library would speak to other sites here.
          if (request.method === 'OPTIONS') return reply.code(204).headers(spoken).send()
          if (request.method === 'POST') await mayBegin(context, request)
          else if (request.method === 'HEAD') await finish(context, request.params.upload ?? '')
          traces.set(request.raw, request.id)
          for (const [name, value] of Object.entries(reply.getHeaders()))
            if (value !== undefined) reply.raw.setHeader(name, value)
          reply.hijack()
          await tus.handle(request.raw, reply.raw)
          if (request.method === 'DELETE' && reply.raw.statusCode === 204) await ended(context.db, [request.params.upload ?? ''])
          request.log.info({ trace: request.id, method: request.method, status: reply.raw.statusCode }, 'upload')
          return reply
        },
      })
    const intakes = new WeakMap<IncomingMessage, Intake>()
    // It listens before anything is awaited, the session included: what comes in from now on is kept.
    scope.addHook('onRequest', (request, _reply, next) => {
      if (request.method === 'PATCH') intakes.set(request.raw, new Intake(request.raw))
      next()
    })
    scope.addHook('onError', (request, _reply, _error, next) => {
      intakes.get(request.raw)?.stop('released')
      next()
    })
    scope.patch<{ Params: Params }>(`${UPLOADS}/:upload`, documentation, async (request, reply) => {
      const intake = intakes.get(request.raw) ?? new Intake(request.raw)
      try {
        const chunk = chunkOf(request.headers)
        const offset = await takeChunk(context, locks, request.params.upload, chunk, intake)
        return reply.code(204).headers({ 'tus-resumable': '1.0.0', 'upload-offset': String(offset) }).send()
      } finally {
        intake.stop('released')
      }
    })
    done()
  })
}

/** It came in whole, but was never confirmed: the server stopped in between. Asking where to go on finishes it. */
async function finish(context: Context, id: string): Promise<void> {
  const upload = await uploadOf(context.files, id)
  if (upload.offset === upload.size) await receive(context, upload)
}

async function mayBegin({ db }: Context, request: FastifyRequest): Promise<void> {
  const { headers } = request
  const { draft, sha256, type } = uploadFacts(metadataIn(headers['upload-metadata']))
  const bytes = Number(headers['upload-length'])
  if (!/^[0-9a-f]{64}$/.test(sha256) || !Number.isInteger(bytes) || bytes < 1)
    throw new Refusal(400, 'bad-request', '文件是空的，或者说明不完整，请重新添加。')
  // Parts that are put together later would be looked into by nobody.
  if (headers['upload-concat'] !== undefined) throw new Refusal(400, 'bad-request', '请把文件作为一个整体上传。')
  if (!isAccepted(type)) throw wrongType()
  if (bytes > MAX_FILE_BYTES) throw new Refusal(413, 'too-large', '文件超过 10 MB，请压缩后再试。')
  await hasRoom(db, draft, signedIn(request).id, bytes)
}
