/** Two values of one answer, seen on this phone: only a person chooses, and only between what that person saw. */
import { formOf } from '../domain/forms'
import type { Award } from '../domain/forms/kinds'
import { labelOf } from '../domain/forms/labels'
import { rowOf, sameValue, type Json } from '../domain/sync'
import { phone } from './phone'
import { write, type Edit } from './write'

/** A conflict as somebody saw it: a later value of the same device has the same id and another time. */
export interface SeenConflict {
  id: string
  seen?: string
}

export interface OpenConflict extends SeenConflict {
  path: string
  /** Table, row and the annex's label. */
  label: string
  /** What stands now. */
  theirs: Json
  /** Who wrote what stands, and when; for a deleted row, who deleted it. Empty where nobody did. */
  standing: { by: string; at: string; version: number }
  /** What did not get in. */
  mine: Json
  by: string
  at: string
  reason: 'changed' | 'deleted'
  /** The row that this belongs to is deleted by now. */
  rowGone: boolean
}

/** The open conflicts of a draft, oldest first. */
export const readConflicts = async (draft: string, award: Award): Promise<OpenConflict[]> =>
  (await conflictsWithValues(draft, award)).conflicts

/** The same with path → value of the whole draft, of one moment. */
export async function conflictsWithValues(
  draft: string,
  award: Award,
): Promise<{ conflicts: OpenConflict[]; values: ReadonlyMap<string, Json> }> {
  const { db, codec } = phone()
  const [conflicts, registers] = await db.transaction('r', [db.conflicts, db.registers], async () =>
    Promise.all([db.conflicts.where('draft').equals(draft).toArray(), db.registers.where('draft').equals(draft).toArray()]),
  )
  const opened = new Map(
    await Promise.all(
      registers.map(async ({ path, version, payload }) => [path, { ...(await codec.open(payload)), version }] as const),
    ),
  )
  const values = new Map([...opened].map(([path, { value }]) => [path, value]))
  const found = await Promise.all(
    conflicts
      .filter(({ closed }) => !closed)
      .map(async ({ id, at: seen, payload }): Promise<OpenConflict> => {
        const { path, mine, by, at, reason } = await codec.open(payload)
        const row = opened.get(rowOf(path) ?? '')
        const rowGone = row?.value === null
        const { by: who = '', at: when = '', version = 0 } = (rowGone ? row : opened.get(path)) ?? {}
        const theirs = values.get(path) ?? null
        const label = labelOf(formOf(award), values, path)
        return { id, seen, path, label, theirs, standing: { by: who, at: when, version }, mine, by, at, reason, rowGone }
      }),
  )
  found.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
  return { conflicts: found, values }
}

/**
 * Closes conflicts and writes what was decided in one transaction, strictly durable; works offline. A conflict whose value
 * was replaced since it was seen stays open: nobody has decided about that one. Throws what `write` throws.
 */
export function settleConflicts(draft: string, shown: readonly SeenConflict[], edits: readonly Edit[]): Promise<void> {
  return write(draft, edits, async ({ conflicts }) => {
    for (const { id, seen } of shown) {
      const row = await conflicts.get([draft, id])
      if (row && row.at === seen) await conflicts.update([draft, id], { closed: 1 })
    }
  })
}

/** Keeps what stands, or writes the other value over it. A deleted row's cell brings nothing back by itself. */
export function chooseConflict(draft: string, conflict: OpenConflict, keep: 'mine' | 'theirs'): Promise<void> {
  const { path, mine, theirs, standing, rowGone } = conflict
  const seen = rowGone ? {} : { seen: standing.version }
  return settleConflicts(draft, [conflict], keep === 'mine' && !sameValue(mine, theirs) ? [{ path, value: mine, ...seen }] : [])
}
