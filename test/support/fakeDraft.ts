/** What the fake server holds of a draft and of a device. */
import type { Form } from '../../src/domain/forms/kinds'
import type { Receipt } from '../../src/domain/submission'
import type { Conflict, Operation, Register, StoredRegister, SubmissionState, Verdict } from '../../src/domain/sync'

export interface ServedDraft {
  owner: string
  form: Form
  call: string
  revision: number
  registers: Map<string, StoredRegister>
  /** Every value that ever stood, the oldest first. */
  history: Register[]
  conflicts: (Conflict & { device: string; base: number })[]
  files: Map<string, ArrayBuffer>
  previews: Map<string, ArrayBuffer>
  submission: SubmissionState | null
  receipts: Receipt[]
  keys: Map<string, Receipt>
}
export interface ServedDevice {
  account: string
  last: number
  verdicts: Map<number, { operation: Operation; verdict: Verdict }>
}
