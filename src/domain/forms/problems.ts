/** All that is missing, wrong or odd in a draft, in the order of the steps. Loads yup: import it lazily on the phone. */
import { ValidationError } from 'yup'
import type { AnyAnswers } from '../answers'
import type { Call } from '../calls/call'
import { fieldNames, type Field, type Form } from './kinds'
import type { Problem } from './progress'
import { MISSING, schemaOf } from './schema'
import { warningsOf } from './warnings'

/** Runs on the phone at a step's end and on the check page, and on the server at submission. Never throws for answers. */
export function problemsOf(form: Form, answers: AnyAnswers, call: Call): Problem[] {
  const found = [
    ...errorsOf(form, answers, call).map((error) => ({ ...error, severity: 'error' as const })),
    ...warningsOf(form, answers, call).map((warning) => ({ ...warning, missing: false, severity: 'warning' as const })),
  ]
  return found
    .map((one) => ({ one, at: placeOf(form, answers, one.path) }))
    .sort((a, b) => a.at.order - b.at.order || a.at.row - b.at.row || a.at.column - b.at.column)
    .map(({ one, at }) => ({ ...one, label: at.label, step: at.step }))
}

/** The problems of one step. */
export function problemsOfStep(form: Form, stepId: string, answers: AnyAnswers, call: Call): Problem[] {
  return problemsOf(form, answers, call).filter(({ step }) => step === stepId)
}

function errorsOf(form: Form, answers: AnyAnswers, call: Call) {
  try {
    // Strict: nothing is cast, so that the answers are judged as they stand.
    schemaOf(form.fields, call).validateSync(answers, { abortEarly: false, strict: true, disableStackTrace: true })
    return []
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return error.inner.map(({ path, type, message }) => ({
      path: syncPath(answers, path ?? ''),
      message,
      missing: type === MISSING,
    }))
  }
}

/** yup's `members[2].age` → `members/<row>/age`. */
function syncPath(answers: AnyAnswers, path: string): string {
  const [, name = path, index, column] = /^(\w+)(?:\[(\d+)\](?:\.(\w+))?)?$/.exec(path) ?? []
  if (index === undefined) return name
  const row = `${name}/${String(rowsOf(answers, name)[Number(index)]?.id ?? index)}`
  return column === undefined ? row : `${row}/${column}`
}

function placeOf(form: Form, answers: AnyAnswers, path: string) {
  const [name = '', rowId, cell] = path.split('/')
  const names = form.steps.flatMap((step) => fieldNames(step).map((field) => ({ field, step: step.id })))
  const order = names.findIndex(({ field }) => field === name)
  const field = form.fields[name] as Field | undefined
  const row = rowId === undefined ? -1 : rowsOf(answers, name).findIndex(({ id }, i) => String(id ?? i) === rowId)
  const columns = field?.kind === 'rows' ? field.columns : {}
  const column = cell === undefined ? undefined : columns[cell]
  const words = [field?.label ?? name, ...(rowId === undefined ? [] : [`第${row + 1}行`]), ...(column ? [column.label] : [])]
  return {
    order,
    row,
    column: cell === undefined ? -1 : Object.keys(columns).indexOf(cell),
    label: words.join(' '),
    step: names[order]?.step ?? '',
  }
}

function rowsOf(answers: AnyAnswers, name: string): AnyAnswers[] {
  const rows = answers[name]
  return Array.isArray(rows) ? rows.map((row: unknown) => (typeof row === 'object' && row !== null ? (row as AnyAnswers) : {})) : []
}
