/** The time machine of a draft: what stood when, from this phone and from the server, and the way back to it. */
import { standingAt, type Checkpoint, type HistoryPage, type Point, type Standing } from '../domain/history'
import type { Json, Register } from '../domain/sync'
import type { RegisterRow } from './database'
import { Unreachable } from './failure'
import { noteMoment } from './moments'
import { phone, type Phone } from './phone'
import { readValues } from './read'
import { earlierValues } from './versions'
import { wire } from './wire'
import { write, type Edit } from './write'

export interface DraftHistory {
  standings: Standing[]
  checkpoints: Checkpoint[]
}

/** All that this phone knows of a draft's past and present. */
export async function readHistory(draft: string, { db, codec }: Phone = phone()): Promise<DraftHistory> {
  const [registers, versions, checkpoints] = await db.transaction('r', [db.registers, ...earlierValues(db)], () =>
    Promise.all([
      db.registers.where('draft').equals(draft).toArray(),
      db.versions.where('draft').equals(draft).sortBy('until'),
      db.checkpoints.where('draft').equals(draft).sortBy('at'),
    ]),
  )
  const rows: (RegisterRow & { until?: number })[] = [...versions, ...registers]
  const opened = await Promise.all(rows.map(async (row) => ({ ...row, ...(await codec.open(row.payload)) })))
  /** Path → when what stood there last was replaced. */
  const ends = new Map<string, number>()
  const standings = opened.map(({ path, value, by, at: iso, since, until = Infinity, elsewhere, version }): Standing => {
    const at = Date.parse(iso) || 0
    // From before times were kept, or put down without one: it came after what it replaced.
    const from = since ?? ends.get(path) ?? at
    ends.set(path, until)
    return { path, value, by, at, since: from, until, elsewhere: elsewhere === 1, version }
  })
  // What a checkpoint kept and still stood afterwards is there twice: its longer time counts.
  const same = ({ path, since, value }: Standing) => `${path} ${since} ${JSON.stringify(value)}`
  const longest = new Map(standings.map((one) => [same(one), one]))
  return { standings: standings.filter((one) => longest.get(same(one)) === one), checkpoints }
}

/** One page of the server's versions, latest first; throws what the wire throws. @param before a version */
export async function fetchHistory(draft: string, before?: number): Promise<HistoryPage> {
  const page = await (await wire()).history(draft, before === undefined ? {} : { before })
  if (!Array.isArray(page?.versions) || !page.versions.every(isRegister)) throw new Unreachable('no history')
  return page
}

function isRegister(one: Partial<Register> | null): boolean {
  const { path, by, value, version, at } = one ?? {}
  return typeof path === 'string' && typeof by === 'string' && value !== undefined && Number.isInteger(version) && Date.parse(at ?? '') > 0
}

/** Path → value of the whole draft at a point; for one on the server it has to be asked. */
export async function valuesAt(draft: string, point: Point): Promise<Map<string, Json>> {
  if (point.on === 'phone') return standingAt((await readHistory(draft)).standings, point.at)
  const values = new Map<string, Json>()
  for (let before = point.version + 1, more = true; more; ) {
    const page = await fetchHistory(draft, before)
    for (const { path, value } of page.versions) if (!values.has(path)) values.set(path, value)
    const last = page.versions.at(-1)
    more = page.more && last !== undefined && last.version < before
    before = last?.version ?? 0
  }
  return values
}

/**
 * Puts earlier values back as ordinary edits: they sync, stay in the history, and what they replace is kept by a
 * checkpoint. Resolves with the way to take it back.
 */
export async function restore(draft: string, edits: readonly Edit[]): Promise<() => Promise<void>> {
  const before = await readValues(draft)
  await noteMoment(draft, 'restore', edits.map(({ path }) => path))
  await write(draft, edits)
  return () => write(draft, edits.map(({ path }) => ({ path, value: before.get(path) ?? null })))
}
