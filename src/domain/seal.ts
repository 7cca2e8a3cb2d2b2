/**
 * The seal stands on paper, the answers live on: what was printed is remembered by digests, so that a printed answer
 * changed afterwards can be named. Hashing reaches this file as an argument.
 */
import type { AnyAnswers } from './answers'
import type { Form } from './forms/kinds'
import { canonicalJson, submittedContent, type Sha256 } from './submission'

export interface PrintStamp {
  /** In every footer: 8 characters that can't be mixed up, e.g. `7K3M-9QXA`. */
  code: string
  /** Printed field → the first 12 hex digits of its answer's digest. */
  fields: Record<string, string>
}

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The stamp of the answers as they would be printed now; scans are not printed and don't count. */
export async function printStamp(form: Form, call: string, answers: AnyAnswers, sha256: Sha256): Promise<PrintStamp> {
  const printed = Object.entries(submittedContent(form, call, answers).answers).filter(([name]) => form.fields[name]?.place)
  const digests = await Promise.all(
    printed.map(async ([name, value]) => [name, (await sha256(canonicalJson(value))).slice(0, 12)] as const),
  )
  const fields = Object.fromEntries(digests)
  const hex = await sha256(canonicalJson({ award: form.award, call, fields }))
  const code = Array.from({ length: 8 }, (_, i) => LETTERS[parseInt(hex.slice(i * 2, i * 2 + 2), 16) % LETTERS.length]).join('')
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, fields }
}

/** The labels of the printed answers that differ between two stamps, in the order of the form. */
export function changedSince(form: Form, before: PrintStamp, now: PrintStamp): string[] {
  return Object.entries(form.fields)
    .filter(([name]) => before.fields[name] !== now.fields[name])
    .map(([, { label }]) => label)
}
