/** What a complete sample application is, and how its plain content becomes the registers of a draft. */
import { generateNKeysBetween } from 'fractional-indexing'
import { assemble, type AnyAnswers } from '../../../src/domain/answers'
import type { Call } from '../../../src/domain/calls/call'
import type { Award, FileFacts, Form } from '../../../src/domain/forms/kinds'
import type { Json } from '../../../src/domain/sync'

export interface SampleFile {
  slot: string
  /** The row's id, the same on every phone: a sample that is loaded twice is still one draft. */
  id: string
  caption?: string
  shot?: string
  /** The condition (`S1`) or the claim (`teaching`) that this file proves. */
  proves?: string
  file: FileFacts
  /** Reads the stored bytes; they hash to `file.sha256`. */
  bytes(): Promise<Uint8Array>
}

export interface Sample {
  id: 'studio' | 'technician'
  award: Award
  /** The account that owns it in the demonstration. */
  phone: string
  /** The applicant's name. */
  name: string
  title: string
  /** Every register of the draft, `$draft` first, photos included. */
  registers(call: Call): { path: string; value: Json }[]
  answers(call: Call): AnyAnswers
  files: SampleFile[]
}

type IsPhotos<T> = T extends (infer Row)[] ? ('file' extends keyof Row ? true : false) : false

/** Answers without photos; rows need no ids here. */
export type Content<A> = {
  [K in keyof A as true extends IsPhotos<NonNullable<A[K]>> ? never : K]: NonNullable<A[K]> extends (infer Row extends {
    id: string
  })[]
    ? Omit<Row, 'id'>[]
    : A[K]
}

type Register = { path: string; value: Json }

interface Plan<A> {
  id: Sample['id']
  phone: string
  name: string
  title: string
  form: Form
  content(call: Call): Content<A>
  files: SampleFile[]
}

/** A sample out of its content: rows become `r1`, `r2` …, in the order in which they stand. */
export function sample<A>({ form, content, ...plan }: Plan<A>): Sample {
  const registers = (call: Call): Register[] => [
    { path: '$draft', value: { call: call.id, award: form.award, formVersion: form.version } },
    { path: '$title', value: plan.title },
    { path: '$consent', value: { version: '2021-1', at: call.opensAt } },
    ...Object.entries(content(call)).flatMap(([name, value]) =>
      form.fields[name]?.kind === 'rows' ? rows(name, value as Record<string, Json>[]) : [{ path: name, value: value as Json }],
    ),
    ...photos(plan.files),
  ]
  return {
    ...plan,
    award: form.award,
    registers,
    answers: (call) => assemble(form, registers(call).map(({ path, value }) => [path, value] as const)),
  }
}

function rows(name: string, list: Record<string, Json>[]): Register[] {
  const orders = generateNKeysBetween(null, null, list.length)
  return list.flatMap((row, i) => [
    { path: `${name}/r${i + 1}`, value: { order: orders[i] } },
    ...Object.entries(row).map(([column, value]) => ({ path: `${name}/r${i + 1}/${column}`, value })),
  ])
}

function photos(files: SampleFile[]): Register[] {
  return [...new Set(files.map(({ slot }) => slot))].flatMap((slot) => {
    const list = files.filter((file) => file.slot === slot)
    const orders = generateNKeysBetween(null, null, list.length)
    return list.flatMap(({ id, file, caption, shot, proves }, i) => [
      { path: `${slot}/${id}`, value: { order: orders[i] } },
      { path: `${slot}/${id}/file`, value: { ...file } },
      ...Object.entries({ caption, shot, proves }).flatMap(([cell, value]) =>
        value === undefined ? [] : [{ path: `${slot}/${id}/${cell}`, value }],
      ),
    ])
  })
}
