/** The one way to change a draft: each edit and its delivery are one transaction. */
import type { FileFacts } from '../domain/forms/kinds'
import type { Json } from '../domain/sync'
import type { DraftRow, PhoneDatabase } from './database'
import { DraftMissing } from './failure'
import { enter, sealRegister } from './outbox'
import { authorOf, phone, type Phone } from './phone'
import { assertEditable } from './readOnly'
import { earlierValues } from './versions'
import { changed } from './wake'

export interface Edit {
  path: string
  value: Json
  /** The version that its user saw when they began to change it; absent: the one that stands here now. */
  seen?: number
}
type Along = (db: PhoneDatabase) => Promise<void>

/**
 * Writes edits of one draft and their operations, strictly durable: when it resolves, they survive a kill.
 * Nothing is validated. A lost connection is opened again, and on a full disk small pictures make room, both once.
 * Throws `ConnectionLost`, `DraftMissing` and what IndexedDB throws (a full disk: QuotaExceededError); then nothing
 * was written.
 * @param along what belongs to the same act in `conflicts`: it is written with the edits or not at all
 */
export async function write(draft: string, edits: readonly Edit[], along?: Along): Promise<void> {
  if (edits.length === 0 && !along) return
  assertEditable(draft)
  const home = phone()
  const at = new Date().toISOString()
  const once = () => writeOnce(home, draft, edits, at, along)
  try {
    await once()
  } catch (reason) {
    const help = await import('./reconnect').catch(() => null)
    if (!help) throw reason
    await help.onceMore(home.db, reason, once)
  }
  changed()
}

async function writeOnce(home: Phone, draft: string, edits: readonly Edit[], at: string, along?: Along): Promise<void> {
  const { db, codec } = home
  const by = await authorOf(home)
  const sealed = await Promise.all(
    edits.map(async ({ path, value, seen }) => ({
      register: await sealRegister(codec, draft, { path, value, by, at, version: 0 }),
      operation: await codec.seal({ value, at }),
      ...(seen === undefined ? {} : { seen }),
    })),
  )
  const first = await codec.seal<DraftRow['payload'] & object>({})
  await db.transaction('rw', [db.drafts, db.registers, db.outbox, ...earlierValues(db), db.uploads, db.conflicts], async () => {
    const known = await db.drafts.get(draft)
    // Written beside its beginning or not at all: a lone answer would be stored where nobody ever sees it.
    if (!known && !edits.some(({ path }) => path === '$draft')) throw new DraftMissing()
    await Promise.all([
      db.drafts.put({ ...(known ?? { id: draft, revision: 0, payload: first }), changedAt: Date.parse(at) }),
      enter(db, draft, sealed),
    ])
    for (const { path, value } of edits)
      if (path.endsWith('/file') && value) await expectUpload(db, draft, value as unknown as FileFacts)
    await along?.(db)
  })
}

/** A file that a draft refers to is a delivery of its own, in the same transaction. */
async function expectUpload(db: PhoneDatabase, draft: string, { sha256, bytes }: FileFacts): Promise<void> {
  if (!(await db.uploads.get([draft, sha256])))
    await db.uploads.add({ draft, sha256, bytes, state: 'waiting', sent: 0, payload: {} })
}
