/**
 * What stood in a register before. A value is kept when it is replaced, in the same transaction and as it is sealed;
 * what was typed over within a minute was only on its way to becoming one. Everything here runs inside its caller's
 * transaction, which includes registers, versions and checkpoints.
 */
import type { PhoneDatabase, RegisterRow } from './database'

/** ms */
const STOOD = 60_000

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

/** Puts them aside as they are sealed; `until` is now. */
export async function keep(db: PhoneDatabase, rows: readonly RegisterRow[], now: number): Promise<void> {
  if (rows.length > 0) await db.versions.bulkAdd(rows.map(({ gone: _, ...row }) => ({ ...row, until: now })))
}
