import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Metadata, type Upload } from '@tus/server'
import { signedIn } from '../account/sessions'
import type { Context } from '../context'
import { isAccepted, wrongType } from '../files/accepted'
import { chunkOf, takeChunk } from '../files/chunk'
import { Intake } from '../files/intake'
import { uploadLocks } from '../files/locks'
import { hasRoom, MAX_FILE_BYTES, ownDraft } from '../files/own'
import { receive, uploadFacts } from '../files/receive'
import { tusServer, UPLOADS } from '../files/tusServer'
import { ended } from '../files/unfinished'
import { uploadOf } from '../files/uploadOf'
import { notFound, Refusal } from '../http/refusal'
import { documented } from '../http/schemas'

/** What a client may ask before it begins. */
const spoken = {
  'tus-resumable': '1.0.0',
  'tus-version': '1.0.0',
  'tus-extension': 'creation,creation-with-upload,termination,checksum',
  'tus-checksum-algorithm': 'sha256',
  'tus-max-size': String(MAX_FILE_BYTES),
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Params = { upload: string }

/**
 * tus 1.0 uploads with checksums. Upload-Metadata: `draft`, `sha256` (hex), `type`. The right to write is checked on
 * every verb.
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
          await allowed(context, request)
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
    scope.patch<{ Params: Params }>(`${UPLOADS}/:upload`, documentation, async (request, reply) => {
      // It listens before anything is awaited: what comes in from now on is kept.
      const intake = new Intake(request.raw)
      try {
        const chunk = chunkOf(request.headers)
        await allowed(context, request)
        const offset = await takeChunk(context, locks, request.params.upload, chunk, intake)
        return reply.code(204).headers({ 'tus-resumable': '1.0.0', 'upload-offset': String(offset) }).send()
      } finally {
        intake.stop('released')
      }
    })
    done()
  })
}

async function allowed(context: Context, request: FastifyRequest<{ Params: Partial<Params> }>): Promise<void> {
  const account = await signedIn(context, request)
  if (request.method === 'POST') return mayBegin(context, account.id, request)
  const upload = await find(context, request.params.upload ?? '')
  await ownDraft(context.db, uploadFacts(upload.metadata).draft, account.id)
  // It came in whole, but was never confirmed: the server stopped in between. Asking where to go on finishes it.
  if (request.method === 'HEAD' && upload.offset === upload.size) await receive(context, upload)
}

async function find({ files }: Context, id: string): Promise<Upload> {
  const upload = await uploadOf(files, id)
  if (!UUID.test(uploadFacts(upload.metadata).draft)) throw notFound()
  return upload
}

async function mayBegin({ db }: Context, owner: string, { headers }: FastifyRequest): Promise<void> {
  const { draft, sha256, type } = uploadFacts(metadataIn(headers['upload-metadata']))
  const bytes = Number(headers['upload-length'])
  if (!/^[0-9a-f]{64}$/.test(sha256) || !Number.isInteger(bytes) || bytes < 1)
    throw new Refusal(400, 'bad-request', '文件是空的，或者说明不完整，请重新添加。')
  if (!UUID.test(draft)) throw notFound()
  await ownDraft(db, draft, owner)
  if (!isAccepted(type)) throw wrongType()
  if (bytes > MAX_FILE_BYTES) throw new Refusal(413, 'too-large', '文件超过 10 MB，请压缩后再试。')
  await hasRoom(db, draft, owner, bytes)
}

function metadataIn(header: string | string[] | undefined): Upload['metadata'] {
  try {
    return typeof header === 'string' ? Metadata.parse(header) : {}
  } catch {
    return {}
  }
}
