/** The numbers by which people and accounts are told apart, as digests that say nothing without the master key. */
import { createHmac } from 'node:crypto'
import type { Form } from '../../src/domain/forms/kinds'
import { normalise } from '../../src/domain/forms/normalise'
import { parsePath, type Json } from '../../src/domain/sync'
import type { MasterKey } from './master'

export type IdentityKind = 'id' | 'bankCard' | 'bankAccount'

const kinds: Partial<Record<string, IdentityKind>> = { idNumber: 'id', bankCard: 'bankCard', bankAccount: 'bankAccount' }

/** What kind of number stands at this path; null for everything else. */
export function identityKind(form: Form, path: string): IdentityKind | null {
  const known = parsePath(form, path)
  return known?.at === 'field' ? (kinds[known.field.kind] ?? null) : null
}

/** The same for every spelling of one number; null for what is no number. */
export function identityDigest({ index }: MasterKey, form: Form, path: string, value: Json): string | null {
  const kind = identityKind(form, path)
  const field = form.fields[path]
  if (!kind || !field || typeof value !== 'string') return null
  const number = normalise(field, value)
  return number && createHmac('sha256', index).update(`${kind} ${number}`).digest('base64url')
}
