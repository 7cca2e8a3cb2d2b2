/**
 * What stood in a register before. A value is kept when it is replaced, in the same transaction and as it is sealed;
 * what was typed over within a minute was only on its way to becoming one. Everything here runs inside its caller's
 * transaction, which includes registers, versions and checkpoints.
 */
import type { PhoneDatabase, RegisterRow, VersionRow } from './database'

/** ms */
const STOOD = 60_000
/** Of one draft. */
const MOST = 2_000
/** Counting is done once in so many rows. */
const BATCH = 64

/** The tables that a transaction includes where it may replace a register. */
export const earlierValues = (db: PhoneDatabase) => [db.versions, db.checkpoints]

/** Keeps those that stood: what came from elsewhere, rows and photos with their places, and all that is old enough. */
export async function noteReplaced(db: PhoneDatabase, before: readonly (RegisterRow | undefined)[]): Promise<void> {
  const now = Date.now()
  await keep(db, before.filter((row) => row !== undefined && !isFresh(row, now)) as RegisterRow[], now)
}

/** Typed on this phone a moment ago: worth keeping only where something larger happens to it. */
export function isFresh({ path, since, elsewhere }: RegisterRow, now: number): boolean {
  const age = now - (since ?? 0)
  return !elsewhere && path.split('/').length !== 2 && age >= 0 && age < STOOD
}

export async function keep(db: PhoneDatabase, rows: readonly RegisterRow[], now: number): Promise<void> {
  const [first] = rows
  if (!first) return
  const last = await db.versions.bulkAdd(rows.map(({ gone: _, ...row }) => ({ ...row, until: now })))
  if (last % BATCH < rows.length) await thinOut(db, first.draft, MOST - BATCH)
}

/**
 * The one rule: the oldest go first, but for what stood at a checkpoint; only where that alone is too much, the oldest
 * checkpoints go as well. The value after one that went counts as having stood since then: no gap reads as an empty answer.
 */
export async function thinOut(db: PhoneDatabase, draft: string, most: number): Promise<void> {
  const rows = await db.versions.where('draft').equals(draft).sortBy('until')
  const over = rows.length - most
  if (over <= 0) return
  const moments = await db.checkpoints.where('draft').equals(draft).sortBy('at')
  const going = new Set<VersionRow>()
  let forgotten = 0
  for (;;) {
    const needed = moments.slice(forgotten).map(({ at }) => at)
    for (const row of rows)
      if (going.size < over && !needed.some((at) => (row.since ?? 0) <= at && at < row.until)) going.add(row)
    if (going.size >= over) break
    forgotten++
  }
  const heirs = new Map<string, VersionRow>()
  const changed = new Set<VersionRow>()
  const orphans = new Map<string, number | undefined>()
  for (const row of [...rows].reverse()) {
    const heir = heirs.get(row.path)
    if (!going.has(row)) heirs.set(row.path, row)
    else if (heir) {
      heir.since = row.since
      changed.add(heir)
    } else orphans.set(row.path, row.since)
  }
  await db.versions.bulkPut([...changed])
  for (const [path, since] of orphans) await db.registers.update([draft, path], { since })
  await db.versions.bulkDelete([...going].flatMap(({ id }) => id ?? []))
  await db.checkpoints.bulkDelete(moments.slice(0, forgotten).flatMap(({ id }) => id ?? []))
}
