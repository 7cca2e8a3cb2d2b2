/** The changes of one moment in the order of the form, a new row as one line with what it holds. */
import { fieldNames, isEmpty, type Form } from '../../domain/forms/kinds'
import type { Change } from '../../domain/history'
import { rowOf } from '../../domain/sync'
import { deedOf, type Values } from './historyWords'

export interface Line {
  change: Change
  /** The cells of a row that came or went, by path. */
  cells: Values
}

/** @param values path → value of the draft as it stands: a deleted row still holds its cells */
export function linesOf(form: Form, values: Values, changes: readonly Change[]): Line[] {
  const added = new Set(changes.filter((change) => deedOf(form, change) === '添加').map(({ path }) => path))
  const isPart = ({ path, before }: Change) => added.has(rowOf(path) ?? '') && isEmpty(before)
  const parts = new Map(changes.filter(isPart).map(({ path, after }) => [path, after]))
  const order = new Map(form.steps.flatMap(fieldNames).map((name, i) => [name, i]))
  const place = ({ path }: Change) => order.get(path.split('/')[0] ?? '') ?? -1
  return changes
    .filter((change) => !isPart(change))
    .sort((a, b) => place(a) - place(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : b.when - a.when))
    .map((change) => ({ change, cells: added.has(change.path) ? parts : values }))
}
