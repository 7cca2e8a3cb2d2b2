/** What keeps the record of earlier values bounded. Apart from `versions.ts`, which every edit needs. */
import type { PhoneDatabase, VersionRow } from './database'
import { newerDatabases } from './readOnly'
import { earlierValues } from './versions'

/** Earlier values of one draft. */
const MOST = 2_000
/** Room for a while, where they were too many. */
const ROOM = 100

/** Run now and then: where a draft has more earlier values than that, the least needed go. */
export async function boundHistory(db: PhoneDatabase): Promise<void> {
  if (newerDatabases.has(db.name) || (await db.versions.count()) <= MOST) return
  for (const draft of await db.drafts.toCollection().primaryKeys())
    if ((await db.versions.where('draft').equals(draft).count()) > MOST)
      await db.transaction('rw', [db.registers, ...earlierValues(db)], () => thinOut(db, draft, MOST - ROOM))
}

/**
 * The one rule: the oldest go first, but for what stood at a checkpoint; only where that alone is too much, the oldest
 * checkpoints go as well. The value after one that went counts as having stood since then: no gap reads as an empty
 * answer. In a transaction with registers, versions and checkpoints.
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
  // What says which packages were taken in stays.
  await db.checkpoints.bulkDelete(moments.slice(0, forgotten).flatMap(({ id, took }) => (took ? [] : (id ?? []))))
}
