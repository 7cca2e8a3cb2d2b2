/** An entry of the audit: references only, never a person's data. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../src/domain/submission'

export type Action =
  | 'draft-begun'
  | 'submitted'
  | 'replaced'
  | 'withdrawn'
  | 'draft-erased'
  | 'account-erased'
  | 'exported'
  | 'role-granted'
  | 'role-revoked'
  | 'staff-signed-in'
  | 'second-factor-removed'
  | 'account-disabled'
  | 'account-enabled'
  | 'phone-changed'
  | 'revealed'

/** Ids, numbers of receipts, names of fields and roles; a reason in words holds no numbers (`plainReason`). */
export type Detail = Record<string, string | number | boolean | string[]>

export interface Entry {
  chain: string
  seq: number
  at: Date
  actor: string
  action: Action
  subject: string
  detail: Detail
  previous: string
  hash: string
}

/** SHA-256 over the canonical JSON (RFC 8785) of everything else in the entry, hex. */
export function hashOf({ chain, seq, at, actor, action, subject, detail, previous }: Omit<Entry, 'hash'>): string {
  const text = canonicalJson({ chain, seq, at: at.toISOString(), actor, action, subject, detail, previous })
  return createHash('sha256').update(text).digest('hex')
}
