/** Writes what an import came to: all of it in its caller's one transaction, or nothing. */
import type { PhoneDatabase } from '../database'
import { markMoment } from '../moments'
import { putDraft } from '../move'
import { unpark } from '../outbox'
import { noteReplaced } from '../versions'
import type { SealedImport } from './seal'

/** In a transaction with all tables. */
export async function store(sealed: SealedImport, db: PhoneDatabase): Promise<void> {
  const { draft, isNew, entries, versions, checkpoints, took, now } = sealed
  const changes = entries.length + sealed.cache.length
  if (changes > 0 || Object.keys(took).length > 0) await noteImport(sealed, db)
  if (!isNew && changes > 0) await db.drafts.update(draft.id, { changedAt: Math.max(draft.changedAt, now) })
  await db.versions.bulkAdd(versions)
  await db.checkpoints.bulkAdd(checkpoints)
  await putCache(sealed, db)
  // An edit that was never sent is replaced, and what its author had seen is what this one's author had seen.
  for (const { register, seen } of entries) {
    const waiting = db.outbox.where('[draft+path]').equals([draft.id, register.path])
    await waiting.and(({ seq, state }) => seq === null && state !== 'refused').modify({ base: seen })
  }
  await putDraft(db, sealed, entries)
  await putConflicts(sealed, db)
  for (const receipt of sealed.receipts) if (!(await db.receipts.get(receipt.number))) await db.receipts.add(receipt)
  if (sealed.epoch && !(await db.owner.get('owner'))?.epoch) await db.owner.update('owner', { epoch: sealed.epoch })
}

/** A moment to come back to; of a draft that is new here, the moment in which it came. */
async function noteImport({ draft: { id }, isNew, entries, cache, took, now }: SealedImport, db: PhoneDatabase): Promise<void> {
  const touched = [...entries.map(({ register }) => register.path), ...cache.map(({ path }) => path)]
  if (isNew) await db.checkpoints.add({ draft: id, at: now, why: 'import' })
  else await markMoment(db, id, 'import', touched)
  const moments = await db.checkpoints.where('draft').equals(id).sortBy('at')
  const latest = moments.filter(({ why }) => why === 'import').at(-1)
  if (latest?.id === undefined) return
  const all = new Map(Object.entries(latest.took ?? {}))
  for (const [path, at] of Object.entries(took)) all.set(path, [...(all.get(path) ?? []), at])
  await db.checkpoints.put({ ...latest, took: Object.fromEntries(all) })
}

async function putCache({ draft: { id }, cache }: SealedImport, db: PhoneDatabase): Promise<void> {
  const before = await db.registers.bulkGet(cache.map(({ path }): [string, string] => [id, path]))
  await noteReplaced(db, before)
  await db.registers.bulkPut(cache)
  for (const [i, row] of cache.entries()) if (before[i]?.gone && !row.gone) await unpark(db, id, row.path)
}

/** Which conflicts are open is the server's to say; what a person has closed in the package is closed here as well. */
async function putConflicts({ isNew, draft: { id }, conflicts }: SealedImport, db: PhoneDatabase): Promise<void> {
  for (const conflict of conflicts) {
    const here = await db.conflicts.get([id, conflict.id])
    if (!here && isNew) await db.conflicts.add(conflict)
    else if (here && conflict.closed === 1 && (here.at ?? conflict.at) === conflict.at)
      await db.conflicts.update([id, conflict.id], { closed: 1 })
  }
}
