/**
 * Moves a guest's drafts into an account's database: draft by draft, file by file. Each one is erased here only after it
 * stands there unchanged; a move that was killed goes on from where it stood. Payloads go through both codecs: a guest has
 * no PIN, the account may have one.
 */
import type { CheckpointRow, DraftRow, PhoneDatabase, RegisterRow, UploadRow, VersionRow } from './database'
import { enter, type Entry } from './outbox'
import type { Phone } from './phone'
import { earlierValues } from './versions'

interface Copy {
  draft: DraftRow
  registers: RegisterRow[]
  versions: VersionRow[]
  checkpoints: CheckpointRow[]
  uploads: UploadRow[]
}

export async function moveDrafts(from: Phone, to: Phone): Promise<void> {
  for (const id of await from.db.drafts.toCollection().primaryKeys()) await moveDraft(from, to, id)
  const { db } = from
  await db.transaction('rw', [db.drafts, db.files, db.thumbnails], async () => {
    // A draft that another tab began meanwhile still needs its pictures.
    if ((await db.drafts.count()) > 0) return
    await db.files.clear()
    await db.thumbnails.clear()
  })
}

async function moveDraft(from: Phone, to: Phone, id: string): Promise<void> {
  const { db } = to
  for (;;) {
    const copy = await copyOf(from.db, id)
    if (!copy) return
    await putFiles(from, to, copy.uploads)
    const { ready, met } = await sealedFor(copy, from, to)
    const stored = await db.transaction('rw', [db.drafts, db.registers, db.outbox, db.uploads, ...earlierValues(db)], async () => {
      if (JSON.stringify(await meeting(db, copy)) !== JSON.stringify(met)) return false
      await put(db, ready)
      return true
    })
    if (stored && (await eraseUnchanged(from.db, copy))) return
  }
}

/** A copy as it will stand there, with the edits that are newer than what does; `met` is what they were held against. */
interface Ready extends Copy {
  entries: Entry[]
}

async function sealedFor(copy: Copy, from: Phone, to: Phone): Promise<{ ready: Ready; met: Copy['registers'] }> {
  const over = async <R extends { payload: object }>(row: R): Promise<R> => ({
    ...row,
    payload: await to.codec.seal(await from.codec.open(row.payload)),
  })
  const met = await meeting(to.db, copy)
  const times = new Map(await Promise.all(met.map(async ({ path, payload }) => [path, (await to.codec.open(payload)).at] as const)))
  const entries = copy.registers.map(async (row): Promise<Entry | null> => {
    const { value, at } = await from.codec.open(row.payload)
    // What stands there already, from a move that was killed, is only overtaken by what was written later.
    if ((times.get(row.path) ?? '') >= at) return null
    return { register: await over(row), operation: await to.codec.seal({ value, at }) }
  })
  const ready: Ready = {
    ...copy,
    draft: await over(copy.draft),
    versions: await Promise.all(copy.versions.map(over)),
    uploads: await Promise.all(copy.uploads.map(over)),
    entries: (await Promise.all(entries)).filter((entry) => entry !== null),
  }
  return { ready, met }
}

/** The registers of the same paths there. */
async function meeting(db: PhoneDatabase, { draft, registers }: Copy): Promise<RegisterRow[]> {
  const there = await db.registers.bulkGet(registers.map(({ path }) => [draft.id, path] as [string, string]))
  return there.filter((row) => row !== undefined)
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

async function putFiles(from: Phone, to: Phone, uploads: UploadRow[]): Promise<void> {
  for (const { sha256 } of uploads) {
    for (const table of ['files', 'thumbnails'] as const) {
      const row = await from.db[table].get(sha256)
      if (row) await to.db[table].put({ ...row, payload: await to.codec.seal(await from.codec.open(row.payload)) })
    }
  }
}

/** In a transaction. */
async function put(to: PhoneDatabase, { draft, versions, checkpoints, uploads, entries }: Ready): Promise<void> {
  // Their numbers count per database; those that a killed move brought already are replaced.
  await Promise.all([
    ...earlierValues(to).map((table) => table.where('draft').equals(draft.id).delete()),
    to.versions.bulkAdd(versions.map(({ id: _, ...row }) => row)),
    to.checkpoints.bulkAdd(checkpoints.map(({ id: _, ...row }) => row)),
  ])
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
