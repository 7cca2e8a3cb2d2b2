/** Reads answers for print: words, the path of their field, and whether a required one is missing. */
import type { AnyAnswers } from '../domain/answers'
import type { Call } from '../domain/calls/call'
import { effectiveAnswer, isAsked, type Field, type Fields, type PlainDate } from '../domain/forms/kinds'
import { maskCard, maskId } from '../domain/rules/mask'
import { printable } from './text'
import { inWords } from './words'

export interface PaperInput {
  /** As they are stored: what follows another answer or is computed is worked out here. */
  answers: AnyAnswers
  call: Call
  /** `XXXX-XXXX`, see `printCode` in domain/submission. */
  printCode: string
  /** The day on the cover, in Beijing. */
  printedOn: PlainDate
  /** The 2-inch portrait as JPEG or PNG, with its pixels. */
  portrait?: { bytes: Uint8Array; width: number; height: number }
  /** Covers ID and card numbers, for a preview on a screen; paper shows them in full. */
  masked?: boolean
}

export interface Answer {
  text: string
  /** Its path; absent for what isn't asked, such as the day of printing. */
  field?: string
  missing: boolean
}

export interface Reader {
  /** @throws RangeError for a name that the form doesn't have. */
  label(name: string): string
  answer(name: string): Answer
  /** The rows of a table, then blank ones up to what the annex prints; `raw` is a cell before it is put in words. */
  rows(name: string): { answer(column: string): Answer; raw(column: string): string }[]
}

export function readerOf(fields: Fields, { answers, masked = false }: PaperInput): Reader {
  const fieldOf = (name: string) => {
    const field = fields[name]
    if (!field) throw new RangeError(`No such field: ${name}`)
    return field
  }
  const words = (field: Field, value: unknown) => {
    const text = printable(inWords(field, value))
    if (!masked || !field.sensitive) return text
    return field.sensitive === 'id' ? maskId(text) : maskCard(text)
  }
  return {
    label: (name) => fieldOf(name).label,
    answer(name) {
      const field = fieldOf(name)
      const asked = isAsked(field, answers)
      const value = effectiveAnswer(fields, name, answers)
      const text = asked ? words(field, value) : ''
      const empty = field.kind === 'photos' ? !Array.isArray(value) || value.length === 0 : text === ''
      return { text, field: name, missing: asked && empty && isNeeded(field) }
    },
    rows(name) {
      const field = fieldOf(name)
      if (field.kind !== 'rows') throw new RangeError(`Not a table: ${name}`)
      const filled = rowsIn(answers[name])
      const blanks = Array.from({ length: Math.max(0, field.printed - filled.length) }, () => ({}))
      return [...filled, ...blanks].map((row: Record<string, unknown>, index) => {
        const real = index < filled.length
        const wanted = real || (index === 0 && isNeeded(field))
        const raw = (column: string) => (typeof row[column] === 'string' ? printable(row[column]).trim() : '')
        const answer = (column: string): Answer => {
          const cell = field.columns[column]
          if (!cell) throw new RangeError(`No such column: ${name}/${column}`)
          const text = words(cell, row[column])
          const path = real ? `${name}/${String(row.id)}/${column}` : name
          return { text, field: path, missing: wanted && text === '' && isNeeded(cell) }
        }
        return { answer, raw }
      })
    },
  }
}

// What is computed is printed as soon as its sources are there; until then it is missing like any required answer.
const isNeeded = (field: Field) => field.required === true || field.kind === 'derived'

function rowsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((row) => typeof row === 'object' && row !== null) : []
}
