/** What one push does to one draft: a pure step from operation to verdict, so that the rule can be read in one place. */
import type { Form } from '../../src/domain/forms/kinds'
import { isAward } from '../../src/domain/forms'
import {
  isSensitive,
  MAX_VALUE_LENGTH,
  merge,
  parsePath,
  rowOf,
  sameValue,
  type Conflict,
  type Json,
  type KnownPath,
  type Operation,
  type RejectReason,
  type StoredRegister,
  type Verdict,
} from '../../src/domain/sync'
import type { DraftSeal } from '../seal/draftSeal'

/** A draft while its row is locked. `registers` holds those that the push touches, their rows and `$consent`. */
export interface OpenDraft {
  id: string
  call: string
  form: Form
  /** This push began it. */
  begun: boolean
  revision: number
  registers: Map<string, StoredRegister>
  /** What it is stored under. */
  seal: DraftSeal
}

/** Who writes: nothing of it comes from the phone. */
export interface Author {
  device: string
  by: string
  at: string
  /** Of the open conflict that this device has at this path from the same base, or a new one. */
  conflictId: (draft: string, path: string, base: number) => string
}

/** The verdict on one operation; what it changes is written into `draft`. */
export function apply(draft: OpenDraft, operation: Operation, author: Author): Verdict {
  const { seq, path, value, base } = operation
  const current = draft.registers.get(path)
  const reason = refused(draft, operation, current)
  if (reason) return { seq, verdict: 'rejected', reason, ...(current ? { current: publicPart(current) } : {}) }
  const row = rowOf(path)
  switch (merge({ path, value, base, device: author.device }, current, row ? draft.registers.get(row) : undefined)) {
    case 'same':
      return {
        seq,
        verdict: 'applied',
        version: current?.version ?? draft.revision,
        ...(current && !sameValue(current.value, value) ? { current: publicPart(current) } : {}),
      }
    case 'apply': {
      const version = ++draft.revision
      draft.registers.set(path, { path, value, version, base, device: author.device, by: author.by, at: author.at })
      return { seq, verdict: 'applied', version }
    }
    case 'changed':
      return conflicting('changed', current)
    case 'deleted':
      return conflicting('deleted', row ? draft.registers.get(row) : undefined)
  }

  function conflicting(why: Conflict['reason'], against: StoredRegister | undefined): Verdict {
    const { by, at } = author
    const id = author.conflictId(draft.id, path, base)
    const conflict = { id, path, mine: value, by, at, against: against?.version ?? 0, reason: why }
    return { seq, verdict: 'conflict', conflict, ...(current ? { current: publicPart(current) } : {}) }
  }
}

/** Never by the value's meaning: a half-typed number syncs. */
function refused({ form, registers }: OpenDraft, operation: Operation, current: StoredRegister | undefined): RejectReason | null {
  const { path, value } = operation
  const known = parsePath(form, path)
  if (!known) return 'unknown-path'
  const fault = valueFault(value)
  if (fault) return fault
  if (!hasShape(known, value)) return 'bad-value'
  if (path === '$draft' && current && !raisesForm(current.value, value)) return 'forbidden'
  const consented = Boolean(registers.get('$consent')?.value)
  return value !== null && !consented && isSensitive(form, path) ? 'no-consent' : null
}

/** Too long, or nested deeper than any answer: what would exhaust the stack of those who compare it. */
export function valueFault(value: Json): RejectReason | null {
  if (!isShallow(value, 8)) return 'bad-value'
  return JSON.stringify(value).length > MAX_VALUE_LENGTH ? 'too-large' : null
}

function isShallow(value: Json | undefined, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return left > 0 && Object.values(value).every((one) => isShallow(one, left - 1))
}

/** The places whose shape the server relies on; answers may be anything. */
function hasShape(known: KnownPath, value: Json): boolean {
  if (known.at === 'row')
    return value === null || (isObject(value) && typeof value.order === 'string' && value.order.length <= 200)
  if (known.at !== 'draft') return true
  if (known.name === '$draft') return asDraft(value) !== null
  if (known.name === '$deleted') return value === null || typeof value === 'boolean'
  if (known.name === '$title') return value === null || (typeof value === 'string' && value.length <= 200)
  return value === null || isObject(value)
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first register of a draft, or null when it is none. */
export function asDraft(value: Json | undefined) {
  if (!isObject(value)) return null
  const { call, award, formVersion } = value
  if (typeof call !== 'string' || !isAward(award) || !Number.isInteger(formVersion)) return null
  return { call, award, formVersion: Number(formVersion) }
}

/** A draft stays in its call and its award; only its form may be a newer one. */
function raisesForm(from: Json, to: Json): boolean {
  if (sameValue(from, to)) return true
  const [a, b] = [asDraft(from), asDraft(to)]
  return a !== null && b !== null && a.call === b.call && a.award === b.award && b.formVersion >= a.formVersion
}

export function publicPart({ path, value, version, by, at }: StoredRegister) {
  return { path, value, version, by, at }
}
