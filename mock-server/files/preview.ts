import { and, eq, sql } from 'drizzle-orm'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { previews } from '../db/schema'
import { Refusal } from '../http/refusal'
import { sealOf } from '../seal/draftSeal'
import type { MasterKeys } from '../seal/master'
import { MAX_FILES } from './own'

/** Twice what phones make (320 px, 40 kB at most). */
export const MAX_PREVIEW_BYTES = 60 * 1024

/** Keeps a small picture; the first one of a file stays. @throws Refusal 413, 415, 422 */
export async function keepPreview(context: Context, draft: string, sha256: string, bytes: Buffer): Promise<void> {
  const { db, keys, inspection, scanner } = context
  if (bytes.length === 0 || bytes.length > MAX_PREVIEW_BYTES) throw tooLarge()
  await inspection.inTurn((look) => look('preview', bytes))
  await scanner?.scan(bytes)
  const [held] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(previews)
    .where(eq(previews.draft, draft))
  if (held && held.count >= MAX_FILES) throw new Refusal(413, 'draft-full', '这份申报的小图太多了。')
  const seal = await sealOf(db, keys, draft)
  await db.insert(previews).values({ draft, sha256, bytes: seal.sealBytes(sha256, bytes) }).onConflictDoNothing()
}

export async function previewOf(db: Queries, keys: MasterKeys, draft: string, sha256: string): Promise<Buffer | null> {
  const [row] = await db
    .select()
    .from(previews)
    .where(and(eq(previews.draft, draft), eq(previews.sha256, sha256)))
  return row ? (await sealOf(db, keys, draft)).openBytes(sha256, row.bytes) : null
}

const tooLarge = () => new Refusal(413, 'too-large', '小图太大了。')
