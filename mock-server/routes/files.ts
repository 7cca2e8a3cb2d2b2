import type { FastifyInstance, FastifyReply } from 'fastify'
import { and, eq, inArray } from 'drizzle-orm'
import type { Context } from '../context'
import { files } from '../db/schema'
import { notFound } from '../http/refusal'
import { closed, documented, draftParams, list, object, sha256, uuid } from '../http/schemas'

/** What the server has of a draft's files. */
export function fileRoutes(app: FastifyInstance, context: Context): void {
  app.post<{ Params: { id: string }; Body: { sha256: string[] } }>(
    '/api/drafts/:id/files/check',
    {
      schema: {
        ...documented('文件', '服务器已确认收到哪些文件', object({ confirmed: list(sha256, 500) })),
        params: draftParams,
        body: closed({ sha256: list(sha256, 500) }),
      },
    },
    async (request) => {
      const asked = request.body.sha256
      const rows =
        asked.length > 0
          ? await context.db
              .select()
              .from(files)
              .where(and(eq(files.draft, request.params.id), inArray(files.sha256, asked)))
          : []
      // After a restore the rows may be there without the bytes: then the phone sends them again.
      const there = await Promise.all(rows.map(({ stored, bytes }) => context.files.holds(stored, bytes)))
      return { confirmed: rows.filter((_, i) => there[i]).map((row) => row.sha256) }
    },
  )

  app.get<{ Params: { id: string; sha256: string } }>(
    '/api/drafts/:id/files/:sha256',
    { schema: { ...documented('文件', '取回一个文件'), params: closed({ id: uuid, sha256 }) } },
    async (request, reply) => {
      const [row] = await context.db
        .select()
        .from(files)
        .where(and(eq(files.draft, request.params.id), eq(files.sha256, request.params.sha256)))
      if (!row || !(await context.files.holds(row.stored, row.bytes))) throw notFound()
      return sendFile(reply, row.type, row.sha256, await context.files.read(row.stored))
    },
  )
}

/** Whatever a person uploaded is handed out to be stored, never to be run. */
export function sendFile(reply: FastifyReply, type: string, digest: string, bytes: Buffer): FastifyReply {
  const name = `${digest.slice(0, 12)}.${type === 'application/pdf' ? 'pdf' : 'jpg'}`
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .send(bytes)
}
