import { createHash } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { Upload } from '@tus/server'
import type { Context } from '../context'
import { files } from '../db/schema'
import { Refusal } from '../http/refusal'
import { inspect } from './inspect'

const underWay = new Map<string, Promise<void>>()

/**
 * Confirms an upload that came in whole: the digest is compared and the content looked into, then its row is written.
 * What is refused is removed at once. Doing it again changes nothing; whoever asks meanwhile waits for the same outcome,
 * so that an impatient phone doesn't have a large file looked into many times at once.
 * @throws Refusal 422 `digest-differs`, and whatever `inspect` finds
 */
export function receive(context: Context, upload: Upload): Promise<void> {
  const known = underWay.get(upload.id)
  if (known) return known
  const work = lookInto(context, upload).finally(() => underWay.delete(upload.id))
  underWay.set(upload.id, work)
  return work
}

async function lookInto({ db, files: storage }: Context, { id, metadata, size = 0 }: Upload): Promise<void> {
  const { draft, sha256, type } = uploadFacts(metadata)
  const place = and(eq(files.draft, draft), eq(files.sha256, sha256))
  const standing = async () => (await db.select().from(files).where(place))[0]
  if ((await standing())?.stored === id) return
  const bytes = await storage.read(id)
  try {
    if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Refusal(422, 'digest-differs', '文件在传输中损坏了，会自动重新上传。')
    await inspect(type, bytes)
  } catch (reason) {
    if (reason instanceof Refusal) await storage.remove(id)
    throw reason
  }
  await storage.settle(id)
  const row = { draft, sha256, type, bytes: size, state: 'confirmed', stored: id } as const
  const written = await db.insert(files).values(row).onConflictDoNothing().returning()
  if (written.length > 0) return
  const first = await standing()
  if (first?.stored === id) return
  // The same photo twice is one file: the first one stays, unless its bytes were lost.
  if (first && (await storage.holds(first.stored, first.bytes))) await storage.remove(id)
  else await db.update(files).set({ stored: id }).where(place)
}

export function uploadFacts(metadata: Upload['metadata']): { draft: string; sha256: string; type: string } {
  return { draft: metadata?.draft ?? '', sha256: metadata?.sha256 ?? '', type: metadata?.type ?? '' }
}
