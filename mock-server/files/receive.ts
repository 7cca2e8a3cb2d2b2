import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Upload } from '@tus/server'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { drafts, files } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import { isAccepted, wrongType } from './accepted'
import { hasRoom } from './own'
import { ended } from './unfinished'

/** Any number that no other lock of ours has, with an account's. */
const ROOM_LOCK = 4
const underWay = new Map<string, Promise<void>>()

/**
 * Confirms an upload that came in whole: the digest is compared and the content looked into, then its row is written.
 * What is refused is removed at once. Doing it again changes nothing; whoever asks meanwhile waits for the same outcome,
 * so that an impatient phone doesn't have a large file looked into many times at once.
 * @throws Refusal 422 `digest-differs`, whatever `inspect` or the scanner finds, 413 when there is no room, 503 for the moment
 */
export function receive(context: Context, upload: Upload): Promise<void> {
  const known = underWay.get(upload.id)
  if (known) return known
  const work = lookInto(context, upload).finally(() => underWay.delete(upload.id))
  underWay.set(upload.id, work)
  return work
}

async function lookInto(context: Context, upload: Upload): Promise<void> {
  const { db, files: storage } = context
  const { id, metadata, size = 0 } = upload
  const { draft, sha256, type } = uploadFacts(metadata)
  const place = and(eq(files.draft, draft), eq(files.sha256, sha256))
  const standing = async (on: Queries = db) => (await on.select().from(files).where(place))[0]
  if ((await standing())?.stored === id) return ended(db, [id])
  let isNew: boolean
  try {
    await isSound(context, upload)
    await storage.settle(id)
    isNew = await confirmed()
  } catch (reason) {
    // For the moment it can't be looked into: then it waits.
    if (reason instanceof Refusal && reason.status < 500) {
      await storage.remove(id)
      await ended(db, [id])
    }
    throw reason
  }
  await ended(db, [id])
  if (isNew) return
  const first = await standing()
  if (first?.stored === id) return
  // The same photo twice is one file: the first one stays, unless its bytes were lost.
  if (first && (await storage.holds(first.stored, first.bytes))) await storage.remove(id)
  else await db.update(files).set({ stored: id }).where(place)

  /** False when the same file stands there already. Room is asked for again: others were under way at the same time. */
  function confirmed(): Promise<boolean> {
    return db.transaction(async (tx) => {
      const [owner] = await tx.select({ id: drafts.owner }).from(drafts).where(eq(drafts.id, draft))
      if (!owner) throw notFound()
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${owner.id}, ${ROOM_LOCK}))`)
      if (await standing(tx)) return false
      await hasRoom(tx, draft, owner.id, size)
      const row = { draft, sha256, type, bytes: size, state: 'confirmed', stored: id } as const
      return (await tx.insert(files).values(row).onConflictDoNothing().returning()).length > 0
    })
  }
}

function isSound({ files: storage, inspection, scanner }: Context, { id, metadata, size }: Upload): Promise<void> {
  const { sha256, type } = uploadFacts(metadata)
  return inspection.inTurn(async (look) => {
    const bytes = await storage.read(id)
    if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Refusal(422, 'digest-differs', '文件在传输中损坏了，会自动重新上传。')
    if (!isAccepted(type)) throw wrongType()
    await look(type, bytes)
    await scanner?.scan(bytes)
  })
}

export function uploadFacts(metadata: Upload['metadata']): { draft: string; sha256: string; type: string } {
  return { draft: metadata?.draft ?? '', sha256: metadata?.sha256 ?? '', type: metadata?.type ?? '' }
}
