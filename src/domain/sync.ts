/**
 * What crosses the network. A draft is a set of registers, path → value, each with a version; tables and
 * photos are registers too, so that one rule merges everything:
 *
 *   `employer`                an answer
 *   `members/<row>`           a row or a photo: `{ order }`, or null once it is deleted
 *   `members/<row>/age`       a cell of it; photos have the cells of `photoCells`
 *   `$draft`                  `{ call, award, formVersion }`, the first register of every draft
 *   `$deleted`                true while the draft is in the bin
 *   `$title`                  the name that its owner gave it
 *   `$consent`                `{ version, at }`: consent to sending sensitive answers
 *   `$print`                  the `PrintStamp` of the latest printed papers, which sealed scans are bound to
 *
 * A draft's `revision` counts the changes that its server applied; a register's `version` is the revision that
 * wrote it. Versions are given out under a lock on the draft, so that a cursor never runs ahead of what is stored.
 */
import { isEmpty, type Field, type Form } from './forms/kinds'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

/** One change by one device. `seq` counts from 1 per device without gaps. */
export interface Operation {
  seq: number
  draft: string
  path: string
  value: Json
  /** The version its user had seen; an operation on a path that is still pending inherits its base. */
  base: number
  /** The phone's clock, ISO; shown, never decisive. */
  at: string
}

export interface Register {
  path: string
  value: Json
  version: number
  /** Shown name of the account that wrote it. */
  by: string
  /** ISO instant, the server's clock. */
  at: string
}

/** A register as the server keeps it: also who wrote it last, and on which base. */
export interface StoredRegister extends Register {
  device: string
  base: number
}

/** Two values of one path that only a person can choose between. The server's value stays until then. */
export interface Conflict {
  id: string
  path: string
  /** The value that was refused, with its author and time. */
  mine: Json
  by: string
  at: string
  /** The version of the register that stood against it. */
  against: number
  /** 'deleted': the row was deleted elsewhere in the meantime. */
  reason: 'changed' | 'deleted'
}

export type RejectReason =
  | 'unknown-path'
  | 'unknown-draft'
  | 'too-large'
  | 'bad-value'
  | 'forbidden'
  | 'no-consent'
  | 'locked'

export type Verdict =
  /** `current`: another phone said the same first (a consent to the same text), and its value is the one that stands. */
  | { seq: number; verdict: 'applied'; version: number; current?: Register }
  /** `current` is what stands on the server; absent where nothing does (a deleted row's cell). */
  | { seq: number; verdict: 'conflict'; conflict: Conflict; current?: Register }
  | { seq: number; verdict: 'rejected'; reason: RejectReason; current?: Register }

export interface PushRequest {
  /** UUID of the phone's database. */
  device: string
  /** Whose this database is: the session may be somebody else's by the time that a request is sent. */
  account?: string
  /** The version of this protocol and of the forms that the client knows. */
  client: number
  operations: Operation[]
  /** Conflicts that a person closed on this phone; `at`: of the value that they saw, a later one stays open. */
  resolved?: { draft: string; conflict: string; at?: string }[]
  /** Of the drafts that the operations belong to, as in PullRequest. */
  cursors?: Record<string, number>
  marks?: Record<string, string>
  epoch?: string
  acknowledged?: number
}
export interface PushReply {
  verdicts: Verdict[]
  now: string
  epoch: string
  /** The server's own version: a client below it is served all the same, and asks its user to update. */
  client?: number
}

export interface PullRequest {
  device: string
  account?: string
  client: number
  /** Draft id → the revision up to which this phone has everything. */
  cursors: Record<string, number>
  /** Draft id → `mark` that came with that revision. After a restore other changes may have been given the same numbers. */
  marks?: Record<string, string>
  /**
   * The account's epoch that these numbers belong to. A server that was restored from a backup finds cursors or an
   * acknowledgement that it never gave: it begins a new epoch and answers 409 `restored`. Absent: everything is asked for.
   */
  epoch?: string
  /** The last number of this device that was answered. */
  acknowledged?: number
}
export interface PulledDraft {
  id: string
  revision: number
  /** Tells this revision from another one of the same number; absent where nothing was written yet. */
  mark?: string
  /** All that changed after the phone's cursor, in the order of versions. */
  registers: Register[]
  /** Every open conflict of the draft (the whole list, not a difference). */
  conflicts: Conflict[]
  submission: SubmissionState | null
}
export interface PullReply {
  drafts: PulledDraft[]
  now: string
  epoch: string
}

/** What the server holds as submitted; null when nothing was, or when it was withdrawn. */
export interface SubmissionState {
  receipt: string
  /** The draft's revision that was submitted. */
  revision: number
  at: string
}

/** Raised when the protocol or a form gains something. */
export const CLIENT_VERSION = 1
export const MAX_OPERATIONS = 100
/** Bytes of a whole request body. */
export const MAX_BATCH_BYTES = 256 * 1024
/** Characters of one value as JSON; 20,000 pasted characters fit. */
export const MAX_VALUE_LENGTH = 64 * 1024

/** A base that no register ever has: what stands there was certainly not seen. */
export const UNSEEN = 2_147_483_647

export const photoCells = ['file', 'caption', 'proves', 'shot', 'taken', 'printed'] as const
export const draftPaths = ['$draft', '$deleted', '$title', '$consent', '$print'] as const

export type KnownPath =
  | { at: 'draft'; name: (typeof draftPaths)[number] }
  | { at: 'field'; name: string; field: Field }
  | { at: 'row'; name: string; field: Field; row: string }
  | { at: 'cell'; name: string; field: Field; row: string; column: string; cell: Field | null }

const ROW_ID = /^[A-Za-z0-9_-]{1,40}$/

/** What a path of this form means, or null when the form has no such place. */
export function parsePath(form: Form, path: string): KnownPath | null {
  if ((draftPaths as readonly string[]).includes(path)) return { at: 'draft', name: path as (typeof draftPaths)[number] }
  const [name, row, column, ...rest] = path.split('/')
  if (!name || rest.length > 0 || !Object.hasOwn(form.fields, name)) return null
  const field = form.fields[name]
  if (!field || field.kind === 'derived') return null
  const hasRows = field.kind === 'rows' || field.kind === 'photos'
  if (row === undefined) return hasRows ? null : { at: 'field', name, field }
  // What every object has already (`__proto__`, `constructor`) is no row.
  if (!hasRows || !ROW_ID.test(row) || row in {}) return null
  if (column === undefined) return { at: 'row', name, field, row }
  if (field.kind === 'photos')
    return (photoCells as readonly string[]).includes(column) ? { at: 'cell', name, field, row, column, cell: null } : null
  const cell = Object.hasOwn(field.columns, column) ? field.columns[column] : undefined
  return cell && cell.kind !== 'derived' ? { at: 'cell', name, field, row, column, cell } : null
}

/** The row's own path for a cell's path; null for paths that are no cells. */
export function rowOf(path: string): string | null {
  const parts = path.split('/')
  return parts.length === 3 ? `${parts[0]}/${parts[1]}` : null
}

/** Whether the answer at this path may not leave the phone before the consent. */
export function isSensitive(form: Form, path: string): boolean {
  const known = parsePath(form, path)
  if (!known || known.at === 'draft') return false
  return known.field.sensitive !== undefined || (known.at === 'cell' && known.cell?.sensitive !== undefined)
}

/**
 * Whether the server seals what stands at this path: sensitive answers, and what a print remembers, because a number
 * could be guessed from its short digest.
 */
export function isSealed(form: Form, path: string): boolean {
  const known = parsePath(form, path)
  const isPrint = (known?.at === 'draft' && known.name === '$print') || (known?.at === 'cell' && !known.cell && known.column === 'printed')
  return isPrint || isSensitive(form, path)
}

/** Same content, whatever the order of keys; empty answers are all equal. */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => sameValue(one, b[i]))
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => sameValue(a[key], b[key]))
}

/** Agreeing to the same text on two phones is one consent, whichever came first: nothing to choose between. */
function sameConsent({ path, value }: Pick<Operation, 'path' | 'value'>, current: StoredRegister): boolean {
  const versionOf = (one: Json) => (typeof one === 'object' && one && !Array.isArray(one) ? one.version : undefined)
  return path === '$consent' && versionOf(value) !== undefined && versionOf(value) === versionOf(current.value)
}

export type Merge = 'apply' | 'same' | 'changed' | 'deleted'

/**
 * The three-way rule for one register. `row` is the register of the row that a cell belongs to.
 * A device's own chain counts as seen: its later edits carry the same inherited base as its first one.
 */
export function merge(
  operation: Pick<Operation, 'path' | 'value' | 'base'> & { device: string },
  current: StoredRegister | undefined,
  row?: StoredRegister | undefined,
): Merge {
  if (current && (sameValue(current.value, operation.value) || sameConsent(operation, current))) return 'same'
  if (rowOf(operation.path) && row && row.value === null) return 'deleted'
  if (!current || current.version === operation.base) return 'apply'
  return current.device === operation.device && current.base === operation.base ? 'apply' : 'changed'
}
