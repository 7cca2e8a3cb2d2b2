import type { FastifyInstance } from 'fastify'
import type { Context } from '../context'
import { keepPreview, MAX_PREVIEW_BYTES, previewOf } from '../files/preview'
import { notFound, Refusal } from '../http/refusal'
import { closed, documented, sha256, uuid } from '../http/schemas'
import { sendFile } from './files'

interface Params {
  id: string
  sha256: string
}
const url = '/api/drafts/:id/previews/:sha256'
const params = closed({ id: uuid, sha256 })

/** Small pictures, so that other phones see something before the whole photo has arrived. */
export function previewRoutes(app: FastifyInstance, context: Context): void {
  void app.register((scope, _, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('image/jpeg', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body))
    scope.put<{ Params: Params; Body: Buffer | undefined }>(
      url,
      { bodyLimit: MAX_PREVIEW_BYTES, schema: { ...documented('文件', '先传小图（JPEG，最长边 400 像素以内）'), params } },
      async (request, reply) => {
        if (!request.body) throw new Refusal(400, 'bad-request', '小图是空的，请重新添加。')
        await keepPreview(context, request.params.id, request.params.sha256, request.body)
        return reply.code(204).send()
      },
    )
    done()
  })
  app.get<{ Params: Params }>(url, { schema: { ...documented('文件', '取回一张小图'), params } }, async (request, reply) => {
    const bytes = await previewOf(context.db, context.keys, request.params.id, request.params.sha256)
    if (!bytes) throw notFound()
    return sendFile(reply, 'image/jpeg', request.params.sha256, bytes)
  })
}
