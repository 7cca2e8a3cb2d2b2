/** Rows of tables and photos of slots: ids of their own, an order by fractional index, deletion as a tombstone. */
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type { Json } from '../domain/sync'
import { phone } from './phone'
import { write, type Edit } from './write'

/**
 * Adds a row at the end, with its first cells; resolves with the row's id. Quick taps keep their order.
 * @param id the new row's id, where a screen already shows it
 */
export function addRow(draft: string, table: string, cells: Record<string, Json> = {}, id: string = crypto.randomUUID()): Promise<string> {
  const added = turn.then(() => append(draft, table, cells, id))
  turn = added.catch(() => undefined)
  return added
}
let turn: Promise<unknown> = Promise.resolve()

async function append(draft: string, table: string, cells: Record<string, Json>, id: string): Promise<string> {
  await write(draft, [
    { path: `${table}/${id}`, value: await placeAtEnd(draft, table) },
    ...Object.entries(cells).map(([column, value]): Edit => ({ path: `${table}/${id}/${column}`, value })),
  ])
  return id
}

/** The place after the last row. */
export async function placeAtEnd(draft: string, table: string): Promise<{ order: string }> {
  return { order: generateKeyBetween((await orders(draft, table)).at(-1)?.order ?? null, null) }
}

/** Deletes a row; resolves with the way to take that back, cells and place included. */
export async function removeRow(draft: string, table: string, row: string): Promise<() => Promise<void>> {
  const order = (await orders(draft, table)).find(({ id }) => id === row)?.order
  await write(draft, [{ path: `${table}/${row}`, value: null }])
  return async () => {
    if (order !== undefined) await write(draft, [{ path: `${table}/${row}`, value: { order } }])
  }
}

/**
 * Moves a row to a position counted from 0. Two phones can have added rows in the very same place: then those after the
 * gap get places of their own as well.
 */
export async function moveRow(draft: string, table: string, row: string, to: number): Promise<void> {
  const others = (await orders(draft, table)).filter(({ id }) => id !== row)
  const before = others[to - 1]?.order ?? null
  const after = others.slice(to)
  const same = after.filter(({ order }) => order === before)
  const keys = generateNKeysBetween(before, after[same.length]?.order ?? null, same.length + 1)
  const moved = [row, ...same.map(({ id }) => id)]
  await write(
    draft,
    moved.map((id, i) => ({ path: `${table}/${id}`, value: { order: keys[i] ?? '' } })),
  )
}

/** Reads one table's registers only: a form has hundreds of others. */
async function orders(draft: string, table: string): Promise<{ id: string; order: string }[]> {
  const { db, codec } = phone()
  const cells = db.registers.where('[draft+path]').between([draft, `${table}/`], [draft, `${table}/\uffff`])
  const rows = (await cells.toArray()).filter(({ path }) => path.split('/').length === 2)
  const opened = await Promise.all(
    rows.map(async ({ path, payload }) => ({ id: path.slice(table.length + 1), value: (await codec.open(payload)).value })),
  )
  return opened
    .flatMap(({ id, value }) => (value ? [{ id, order: (value as { order: string }).order }] : []))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1))
}
