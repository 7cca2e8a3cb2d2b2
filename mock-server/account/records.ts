/** What the signed-in account is to the record that an address names. */
import { and, eq, isNull } from 'drizzle-orm'
import { Metadata } from '@tus/server'
import type { FastifyRequest } from 'fastify'
import type { Rule } from '../../src/domain/access'
import type { Relation } from '../../src/domain/roles'
import type { Context } from '../context'
import { drafts, sessions } from '../db/schema'
import { uploadFacts } from '../files/receive'
import { uploadOf } from '../files/uploadOf'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Null: somebody else's, or none. @throws Refusal 404, 410, 503 of an upload that can't be asked */
export async function relationTo(
  context: Context,
  record: NonNullable<Rule['record']>,
  request: FastifyRequest,
  account: string,
): Promise<Relation | null> {
  const params = request.params as Partial<Record<'id' | 'upload' | 'session', string>>
  switch (record) {
    case 'draft':
      return toDraft(context, params.id, account)
    case 'upload': {
      const { metadata } = await uploadOf(context.files, params.upload ?? '')
      return toDraft(context, uploadFacts(metadata).draft, account)
    }
    case 'newUpload':
      return toDraft(context, uploadFacts(metadataIn(request.headers['upload-metadata'])).draft, account)
    case 'session':
      return ownSession(context, params.session, account)
  }
}

// Those whom an applicant invites get their relation here.
async function toDraft({ db }: Context, id: string | undefined, account: string): Promise<Relation | null> {
  if (!id || !UUID.test(id)) return null
  const [row] = await db
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.id, id), eq(drafts.owner, account), isNull(drafts.erasedAt)))
  return row ? 'applicant' : null
}

async function ownSession({ db }: Context, id: string | undefined, account: string): Promise<Relation | null> {
  if (!id || !UUID.test(id)) return null
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.account, account)))
  return row ? 'applicant' : null
}

/** What a new upload says of itself; nothing where it can't be read. */
export function metadataIn(header: string | string[] | undefined): ReturnType<typeof Metadata.parse> {
  try {
    return typeof header === 'string' ? Metadata.parse(header) : {}
  } catch {
    return {}
  }
}
