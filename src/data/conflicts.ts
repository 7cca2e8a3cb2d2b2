/** Two values of one answer, seen on this phone: only a person chooses. */
import { formOf } from '../domain/forms'
import type { Award } from '../domain/forms/kinds'
import { parsePath, type Json } from '../domain/sync'
import { phone } from './phone'
import { readValues } from './read'
import { changed } from './wake'
import { write } from './write'

export interface OpenConflict {
  id: string
  path: string
  /** The annex's label of the answer. */
  label: string
  /** What stands now. */
  theirs: Json
  /** What did not get in. */
  mine: Json
  by: string
  at: string
  reason: 'changed' | 'deleted'
}

export async function readConflicts(draft: string, award: Award): Promise<OpenConflict[]> {
  const { db, codec } = phone()
  const rows = (await db.conflicts.where('draft').equals(draft).toArray()).filter(({ closed }) => !closed)
  const values = await readValues(draft)
  return Promise.all(
    rows.map(async ({ id, payload }) => {
      const { path, mine, by, at, reason } = await codec.open(payload)
      const known = parsePath(formOf(award), path)
      const label = known && known.at !== 'draft' ? (known.at === 'cell' ? (known.cell?.label ?? known.field.label) : known.field.label) : path
      return { id, path, label, mine, theirs: values.get(path) ?? null, by, at, reason }
    }),
  )
}

/** Keeps what stands, or writes the other value over it; works offline. A deleted row's cell brings nothing back by itself. */
export async function chooseConflict(draft: string, conflict: OpenConflict, keep: 'mine' | 'theirs'): Promise<void> {
  const { db } = phone()
  if (keep === 'mine') await write(draft, [{ path: conflict.path, value: conflict.mine }])
  await db.conflicts.update([draft, conflict.id], { closed: 1 })
  changed()
}
