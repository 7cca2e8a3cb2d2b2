/** Checkpoints: the draft as it was before something larger happened to it, down to what was typed a second ago. */
import type { CheckpointRow, PhoneDatabase, RegisterRow } from './database'
import { phone } from './phone'
import { earlierValues, isFresh, keep, noteReplaced } from './versions'

/** ms between two checkpoints of one kind. */
const APART = 5 * 60_000

type Why = CheckpointRow['why']

/**
 * In a transaction with registers, versions and checkpoints, before the larger change. Fresh values are kept here, all
 * of them at a new checkpoint, else those at `paths`; the others are kept when they are replaced (`noteReplaced`).
 */
export async function markMoment(db: PhoneDatabase, draft: string, why: Why, paths: readonly string[] = []): Promise<void> {
  const now = Date.now()
  const earlier = await db.checkpoints.where('draft').equals(draft).toArray()
  const isNew = earlier.every((one) => one.why !== why || Math.abs(now - one.at) >= APART)
  // A millisecond ago: what follows in this transaction did not stand yet.
  if (isNew) await db.checkpoints.add({ draft, at: now - 1, why })
  const rows = isNew ? await db.registers.where('draft').equals(draft).toArray() : await registersAt(db, draft, paths)
  await keep(db, rows.filter((row) => row && isFresh(row, now)) as RegisterRow[], now)
}

/** The same with a transaction of its own, before a copy, a restore or an import. */
export function noteMoment(draft: string, why: Why, paths: readonly string[] = []): Promise<void> {
  const { db } = phone()
  return db.transaction('rw', [db.registers, ...earlierValues(db)], () => markMoment(db, draft, why, paths))
}

/** In the transaction that puts the server's value in the place of one that was edited here. */
export async function noteMerge(db: PhoneDatabase, draft: string, path: string): Promise<void> {
  await markMoment(db, draft, 'merge', [path])
  await noteReplaced(db, await registersAt(db, draft, [path]))
}

/**
 * In the transaction that stores what was pulled, before it does.
 * @param rows about to be stored; they get their time here, and what this phone has already keeps it
 * @param fromOthers another person wrote some of it
 */
export async function noteArrival(
  db: PhoneDatabase,
  draft: string,
  rows: readonly RegisterRow[],
  fromOthers: boolean,
): Promise<void> {
  const before = await registersAt(db, draft, rows.map(({ path }) => path))
  const pending = new Set((await db.outbox.where('draft').equals(draft).toArray()).map(({ path }) => path))
  const replaced = before.filter((mine, i): mine is RegisterRow => {
    const row = rows[i]
    if (!mine || !row || pending.has(row.path)) return false
    return mine.version < row.version
  })
  const known = replaced.length > 0 || (await db.registers.get([draft, '$draft'])) !== undefined
  const why = fromOthers && known ? 'other-person' : replaced.some(({ elsewhere }) => !elsewhere) ? 'merge' : null
  if (why) await markMoment(db, draft, why, replaced.map(({ path }) => path))
  await noteReplaced(db, replaced)
  // Last of all: none of them stood at the checkpoint.
  const now = Date.now()
  rows.forEach((row, i) => {
    const mine = before[i]
    // An echo of what was sent is no news: without `upon`, who goes on typing would differ with their own earlier words.
    Object.assign(row, mine?.version === row.version ? { since: mine.since, elsewhere: mine.elsewhere, upon: mine.upon } : { since: now })
  })
}

const registersAt = (db: PhoneDatabase, draft: string, paths: readonly string[]) =>
  db.registers.bulkGet(paths.map((path): [string, string] => [draft, path]))
