/** What an open conflict means for a submission; the same rule on phone and server. */
import type { Field, Form } from './forms/kinds'
import { parsePath, rowOf, type Json } from './sync'

/**
 * Whether a conflict at this path has to be settled before the application can be submitted; all others only warn, and
 * what stands is submitted. It blocks where the form says who applies for what or asks for an answer in any case:
 *
 * - `identity`: the marked fields (name, ID number, unit, trade …), which the printed cover and the award name;
 * - `sensitive`: ID and bank numbers, where a wrong digit costs somebody the award or the money. Sex and date of birth
 *   are computed from the ID number and have no conflicts of their own;
 * - `required`: what the annex must not lack, the unit's credit code among it.
 *
 * In a required table the rows themselves and their required columns block; of a required photo, the file does, its
 * caption doesn't.
 */
export function blocksSubmission(form: Form, path: string): boolean {
  const known = parsePath(form, path)
  if (!known || known.at === 'draft') return false
  if (known.at !== 'cell') return counts(known.field)
  if (known.cell) return counts(known.cell)
  return known.column === 'file' && counts(known.field)
}

/**
 * What a person decides about with one choice: the answer, or a whole row that is deleted by now, with all that was written
 * in it. Two conflicts of one decision have the same words here.
 * @param values path → value of the whole draft
 */
export function decisionOf(path: string, values: ReadonlyMap<string, Json>): { path: string; rowGone: boolean } {
  const row = rowOf(path)
  return row && values.get(row) === null ? { path: row, rowGone: true } : { path, rowGone: false }
}

const counts = ({ required, identity, sensitive }: Field) => Boolean(required || identity || sensitive)
