/**
 * Moves a guest's drafts into an account's database: draft by draft, file by file. Each one is erased here only after it
 * stands there unchanged; a move that was killed goes on from where it stood. A guest has no PIN: payloads are plain.
 */
import type { CheckpointRow, DraftRow, PhoneDatabase, RegisterRow, UploadRow, VersionRow } from './database'
import { enter, type Entry } from './outbox'
import { earlierValues } from './versions'

interface Copy {
  draft: DraftRow
  registers: RegisterRow[]
  versions: VersionRow[]
  checkpoints: CheckpointRow[]
  uploads: UploadRow[]
}

export async function moveDrafts(from: PhoneDatabase, to: PhoneDatabase): Promise<void> {
  for (const id of await from.drafts.toCollection().primaryKeys()) await moveDraft(from, to, id)
  await from.transaction('rw', [from.drafts, from.files, from.thumbnails], async () => {
    // A draft that another tab began meanwhile still needs its pictures.
    if ((await from.drafts.count()) > 0) return
    await from.files.clear()
    await from.thumbnails.clear()
  })
}

async function moveDraft(from: PhoneDatabase, to: PhoneDatabase, id: string): Promise<void> {
  for (;;) {
    const copy = await copyOf(from, id)
    if (!copy) return
    await putFiles(from, to, copy.uploads)
    await to.transaction('rw', [to.drafts, to.registers, to.outbox, to.uploads, ...earlierValues(to)], async () => put(to, copy))
    if (await eraseUnchanged(from, copy)) return
  }
}

const copyOf = (db: PhoneDatabase, id: string): Promise<Copy | null> =>
  db.transaction('r', [db.drafts, db.registers, db.uploads, ...earlierValues(db)], async () => {
    const draft = await db.drafts.get(id)
    const [registers, uploads, versions, checkpoints] = [
      await db.registers.where('draft').equals(id).toArray(),
      await db.uploads.where('draft').equals(id).toArray(),
      await db.versions.where('draft').equals(id).toArray(),
      await db.checkpoints.where('draft').equals(id).toArray(),
    ]
    return draft ? { draft, registers, uploads, versions, checkpoints } : null
  })

async function putFiles(from: PhoneDatabase, to: PhoneDatabase, uploads: UploadRow[]): Promise<void> {
  for (const { sha256 } of uploads) {
    for (const table of ['files', 'thumbnails'] as const) {
      const row = await from[table].get(sha256)
      if (row) await to[table].put(row)
    }
  }
}

/** In a transaction. What stands there already, from a move that was killed, is only overtaken by what was written later. */
async function put(to: PhoneDatabase, { draft, registers, uploads, versions, checkpoints }: Copy): Promise<void> {
  // Their numbers count per database; those that a killed move brought already are replaced.
  await Promise.all([
    ...earlierValues(to).map((table) => table.where('draft').equals(draft.id).delete()),
    to.versions.bulkAdd(versions.map(({ id: _, ...row }) => row)),
    to.checkpoints.bulkAdd(checkpoints.map(({ id: _, ...row }) => row)),
  ])
  const there = await to.registers.bulkGet(registers.map(({ path }) => [draft.id, path] as [string, string]))
  const newer = registers.filter(({ payload }, i) => !there[i] || there[i].payload.at < payload.at)
  const entries = newer.map((register) => ({ register, operation: { value: register.payload.value, at: register.payload.at } }))
  await putDraft(to, { draft, uploads }, entries)
}

/** In a transaction, also of an import: the draft and what it has to upload where they aren't there yet, and these edits. */
export async function putDraft(to: PhoneDatabase, { draft, uploads }: Pick<Copy, 'draft' | 'uploads'>, entries: readonly Entry[]): Promise<void> {
  if (!(await to.drafts.get(draft.id))) await to.drafts.add(draft)
  for (const upload of uploads) if (!(await to.uploads.get([draft.id, upload.sha256]))) await to.uploads.add(upload)
  await enter(to, draft.id, entries)
}

/** False where something was written here since the copy was made. */
const eraseUnchanged = (from: PhoneDatabase, { draft: { id }, registers }: Copy): Promise<boolean> =>
  from.transaction('rw', [from.drafts, from.registers, from.outbox, from.uploads, ...earlierValues(from)], async () => {
    const now = await from.registers.where('draft').equals(id).toArray()
    if (JSON.stringify(now) !== JSON.stringify(registers)) return false
    await from.drafts.delete(id)
    for (const table of [from.registers, from.outbox, from.uploads, ...earlierValues(from)]) await table.where('draft').equals(id).delete()
    return true
  })
