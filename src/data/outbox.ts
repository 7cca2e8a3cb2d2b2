/** The queue of operations. Everything here runs inside its caller's transaction, which includes outbox and registers. */
import type { Json } from '../domain/sync'
import { rowOf } from '../domain/sync'
import type { Codec } from './codec'
import type { OutboxRow, PhoneDatabase, RegisterRow } from './database'

/** A register as it is stored; sealing may be asynchronous, so this comes before the transaction. */
export async function sealRegister(
  codec: Codec,
  draft: string,
  { path, version, value, by, at }: { path: string; version: number; value: Json; by: string; at: string },
): Promise<RegisterRow> {
  const row: RegisterRow = { draft, path, version, payload: await codec.seal({ value, by, at }) }
  return isRow(path) && value === null ? { ...row, gone: 1 } : row
}

/** Puts an operation in for a register that was just written. */
export async function enqueue(
  db: PhoneDatabase,
  { draft, path, gone }: Pick<RegisterRow, 'draft' | 'path' | 'gone'>,
  version: number,
  payload: OutboxRow['payload'],
): Promise<void> {
  const [pending, state] = await Promise.all([
    db.outbox.where('[draft+path]').equals([draft, path]).toArray(),
    stateOf(db, draft, path),
  ])
  const last = pending.filter((row) => row.state !== 'refused').at(-1)
  for (const row of pending) if (row.state === 'refused' && row.id !== undefined) await db.outbox.delete(row.id)
  // One that was never sent takes the new value; one on its way is followed by another with the same base.
  if (last?.id !== undefined && last.seq === null) await db.outbox.update(last.id, { payload, state })
  else await db.outbox.add({ draft, path, base: last?.base ?? version, seq: null, state, payload })
  if (gone) await park(db, draft, path)
  else if (isRow(path)) await unpark(db, draft, path)
}

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

async function stateOf(db: PhoneDatabase, draft: string, path: string): Promise<'waiting' | 'parked'> {
  const row = rowOf(path)
  return row && (await db.registers.get([draft, row]))?.gone ? 'parked' : 'waiting'
}

const cellsOf = (db: PhoneDatabase, draft: string, row: string) =>
  db.outbox.where('[draft+path]').between([draft, `${row}/`], [draft, `${row}/\uffff`])

const isRow = (path: string) => path.split('/').length === 2
