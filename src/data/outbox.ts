/** The queue of operations. Everything here runs inside its caller's transaction: outbox, registers and `earlierValues`. */
import type { Json } from '../domain/sync'
import { rowOf, UNSEEN } from '../domain/sync'
import type { Codec } from './codec'
import type { OutboxRow, PhoneDatabase, RegisterRow } from './database'
import { noteReplaced } from './versions'

/** A register as it is stored; sealing may be asynchronous, so this comes before the transaction. */
export async function sealRegister(
  codec: Codec,
  draft: string,
  { path, version, value, by, at }: { path: string; version: number; value: Json; by: string; at: string },
): Promise<RegisterRow> {
  const row: RegisterRow = { draft, path, version, payload: await codec.seal({ value, by, at }) }
  // Only the server gives versions.
  if (version > 0) row.elsewhere = 1
  return isRow(path) && value === null ? { ...row, gone: 1 } : row
}

export interface Entry {
  register: RegisterRow
  operation: OutboxRow['payload']
  /** The version that its user saw, where that may no longer be what stands. */
  seen?: number
}

/**
 * Stores registers and puts in their operations. All reading is one round of requests and all writing another: each round
 * costs as much as the write itself. Every path at most once; `version` is taken from what stands here.
 */
export async function enter(db: PhoneDatabase, draft: string, entries: readonly Entry[]): Promise<void> {
  const keyOf = (path: string): [string, string] => [draft, path]
  const paths = entries.map(({ register: { path } }) => path)
  const rowPaths = [...new Set(paths.flatMap((path) => rowOf(path) ?? []))]
  const [before, rows, waiting] = await Promise.all([
    db.registers.bulkGet(paths.map(keyOf)),
    rowPaths.length > 0 ? db.registers.bulkGet(rowPaths.map(keyOf)) : [],
    db.outbox.where('[draft+path]').anyOf(paths.map(keyOf)).toArray(),
  ])
  const gone = new Set(rows.flatMap((row) => (row?.gone ? [row.path] : [])))
  // A row that comes or goes in the same breath counts as it will be.
  for (const { register } of entries) if (isRow(register.path)) gone[register.gone ? 'add' : 'delete'](register.path)

  const now = Date.now()
  const written = entries.map(({ register }, i) => ({ ...register, version: before[i]?.version ?? 0, since: register.since ?? now, ...uponOf(before[i]) }))
  const operations = entries.map(({ operation, seen }, i): OutboxRow => {
    const { path, version, upon = version } = written[i] as RegisterRow
    // What this phone wrote itself its user has seen, whichever version is counted from.
    const seenBase = seen === undefined || (seen >= upon && seen <= version) ? version : seen
    const last = waiting.filter((row) => row.path === path && row.state !== 'refused' && row.base !== UNSEEN).at(-1)
    const state = gone.has(rowOf(path) ?? '') ? 'parked' : 'waiting'
    // One that was never sent takes the new value; one on its way is followed by another with the same base.
    if (last?.id !== undefined && last.seq === null) return { ...last, payload: operation, state }
    return { draft, path, base: last?.base ?? seenBase, seq: null, state, payload: operation }
  })
  const replaced = waiting.flatMap(({ id, state }) => (state === 'refused' && id !== undefined ? [id] : []))
  await Promise.all([
    db.registers.bulkPut(written),
    noteReplaced(db, before),
    db.outbox.bulkPut(operations),
    replaced.length > 0 ? db.outbox.bulkDelete(replaced) : undefined,
  ])
  for (const { path, gone: deleted } of written) if (isRow(path)) await (deleted ? park(db, draft, path) : unpark(db, draft, path))
}

const uponOf = (row: RegisterRow | undefined) => (row?.upon === undefined ? {} : { upon: row.upon })

/** Unsent edits in a row that is deleted here wait with it: sent after the deletion, they would only make conflicts. */
async function park(db: PhoneDatabase, draft: string, row: string): Promise<void> {
  const cells = await cellsOf(db, draft, row).toArray()
  for (const { id, state, seq } of cells)
    if (id !== undefined && (state === 'refused' || seq === null)) await db.outbox.update(id, { state: 'parked', seq: null })
}

/** The row is back: its edits go again, after the operation that brought it back. */
export async function unpark(db: PhoneDatabase, draft: string, row: string): Promise<void> {
  const parked = (await cellsOf(db, draft, row).toArray()).filter(({ state }) => state === 'parked')
  await db.outbox.bulkDelete(parked.flatMap(({ id }) => (id === undefined ? [] : [id])))
  for (const { path, base, payload } of parked) await db.outbox.add({ draft, path, base, seq: null, state: 'waiting', payload })
}

const cellsOf = (db: PhoneDatabase, draft: string, row: string) =>
  db.outbox.where('[draft+path]').between([draft, `${row}/`], [draft, `${row}/\uffff`])

const isRow = (path: string) => path.split('/').length === 2
