/** What is submitted, how it is digested, and the receipt that proves it. Hashing and signing reach this file as arguments. */
import canonicalize from 'canonicalize'
import { materialsOf, type AnyAnswers } from './answers'
import { effectiveAnswer, isAsked, isEmpty, type Award, type Form } from './forms/kinds'

/** Lower-case hex SHA-256 of UTF-8 text. */
export type Sha256 = (text: string) => Promise<string>

export interface SubmittedContent {
  award: Award
  call: string
  formVersion: number
  /** Only what is asked and answered; what follows or is computed stands as it counts. */
  answers: AnyAnswers
  /** Every file of every slot, in order. */
  files: { slot: string; sha256: string; bytes: number; type: string }[]
}

/** The content of a submission: the same on phone and server, for the same answers. */
export function submittedContent(form: Form, call: string, answers: AnyAnswers): SubmittedContent {
  const effective: AnyAnswers = {}
  for (const [name, field] of Object.entries(form.fields)) {
    if (!isAsked(field, answers)) continue
    const value = effectiveAnswer(form.fields, name, answers)
    if (!isEmpty(value)) effective[name] = value
  }
  const asked = materialsOf(form, effective)
  return {
    award: form.award,
    call,
    formVersion: form.version,
    answers: effective,
    files: asked.flatMap(({ slot, material: { file } }) =>
      file ? [{ slot, sha256: file.sha256, bytes: file.bytes, type: file.type }] : [],
    ),
  }
}

/** RFC 8785: one text for one content, whatever the order of keys. */
export function canonicalJson(content: unknown): string {
  const text = canonicalize(content)
  if (text === undefined) throw new TypeError('This value has no JSON form')
  return text
}

/** The digest that receipt and phone show: SHA-256 of the canonical JSON. */
export function digestOf(content: SubmittedContent, sha256: Sha256): Promise<string> {
  return sha256(canonicalJson(content))
}

/** Everything in it is signed but the signature; nothing in it is personal. */
export interface Receipt {
  /** e.g. `WX2021-S-7K3M-0042`; unique, easy to read aloud. */
  number: string
  award: Award
  call: string
  draft: string
  revision: number
  /** Arrival by the server's clock, with Beijing's offset. */
  at: string
  digest: string
  files: number
  bytes: number
  keyId: string
  /** Ed25519 over `signedText`, base64url. */
  signature: string
}

/** The text under the signature. */
export function signedText({ signature: _, ...receipt }: Receipt): string {
  return canonicalJson(receipt)
}

/** The receipt still proves what was submitted; whether it is what counts today is its standing. */
export type Standing = 'stands' | 'replaced' | 'withdrawn'
export interface Verification {
  valid: boolean
  standing?: Standing
  receipt?: Receipt
}
