/** From registers to answers: rows in order, deleted ones left out, photos as materials. */
import type { Form, Material } from './forms/kinds'
import { parsePath, type Json } from './sync'

/** Answers of any form, by field name; the typed views are `StudioAnswers` and `TechnicianAnswers`. */
export type AnyAnswers = Record<string, unknown>

export interface RowRegister {
  order: string
}

/** @param registers path → value; paths that the form doesn't know are left aside, not lost. */
export function assemble(form: Form, registers: Iterable<readonly [path: string, value: Json]>): AnyAnswers {
  const answers: AnyAnswers = {}
  const tables = new Map<string, Map<string, { order: string | null; cells: Record<string, Json> }>>()
  const rowIn = (name: string, row: string) => {
    const table = tables.get(name) ?? new Map<string, { order: string | null; cells: Record<string, Json> }>()
    tables.set(name, table)
    const found = table.get(row) ?? { order: null, cells: {} }
    table.set(row, found)
    return found
  }
  for (const [path, value] of registers) {
    const known = parsePath(form, path)
    if (!known || known.at === 'draft') continue
    if (known.at === 'field') {
      if (value !== null) answers[known.name] = value
    } else if (known.at === 'row') rowIn(known.name, known.row).order = (value as RowRegister | null)?.order ?? null
    else if (value !== null) rowIn(known.name, known.row).cells[known.column] = value
  }
  for (const [name, table] of tables) {
    const rows = [...table]
      .filter(([, { order }]) => order !== null)
      .sort(([idA, a], [idB, b]) => compare(a.order ?? '', b.order ?? '') || compare(idA, idB))
      .map(([id, { cells }]) => ({ id, ...cells }))
    if (rows.length > 0) answers[name] = rows
  }
  return answers
}

/** Every material of every slot, with the slot's name, in the order of the form. */
export function materialsOf(form: Form, answers: AnyAnswers): { slot: string; material: Material }[] {
  return Object.entries(form.fields)
    .filter(([, field]) => field.kind === 'photos')
    .flatMap(([slot]) => ((answers[slot] as Material[] | undefined) ?? []).map((material) => ({ slot, material })))
}

// Fractional indices compare by code unit, never by locale.
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
