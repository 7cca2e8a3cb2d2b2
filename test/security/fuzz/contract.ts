/** The routes out of /api/openapi.json, and bodies that fit their schemas. */
import { formOf } from '../../../src/domain/forms'
import type { Random } from '../../sync/random'
import { anything, strings } from './nasty'

export interface Schema {
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  format?: string
  pattern?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  additionalProperties?: boolean | Schema
}
export interface Route {
  method: string
  /** e.g. `/api/drafts/{id}/history` */
  url: string
  body: Schema | null
  query: [name: string, schema: Schema][]
  params: [name: string, schema: Schema][]
}
/** What is really there, so that a request gets past the first door. */
export interface Known {
  drafts: readonly string[]
  uploads: readonly string[]
  files: readonly string[]
  receipts: readonly string[]
}

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[]
  requestBody?: { content: Record<string, { schema?: Schema }> }
}

export function routesOf(document: { paths: Record<string, Record<string, Operation>> }): Route[] {
  return Object.entries(document.paths).flatMap(([url, verbs]) =>
    Object.entries(verbs).map(([method, { parameters = [], requestBody }]): Route => {
      const named = (place: string) => parameters.filter((one) => one.in === place).map(
        ({ name, schema = {} }): [string, Schema] => [name, schema],
      )
      const [content] = Object.values(requestBody?.content ?? {})
      return { method: method.toUpperCase(), url, body: content?.schema ?? null, query: named('query'), params: named('path') }
    }),
  )
}

const paths = (['studio', 'technician'] as const).flatMap((award) =>
  Object.entries(formOf(award).fields).flatMap(([name, field]) =>
    field.kind === 'rows' ? [
      `${name}/r1`,
      ...Object.keys(field.columns).map((column) => `${name}/r1/${column}`),
    ] : field.kind === 'photos' ? [`${name}/p1`, `${name}/p1/file`] : [name],
  ),
)
const hex = (random: Random, length: number) => Array.from({ length }, () => random.whole(0, 15).toString(16)).join('')

/** A value that the schema takes; what names mean is known to whoever speaks the protocol. */
export function fitting(schema: Schema, name: string, random: Random, known: Known, at = 0): unknown {
  if (name === 'draft' || name === 'id') return random.chance(0.8) ? random.pick(known.drafts) : random.uuid()
  if (name === 'path') return random.chance(0.8) ? random.pick([
    '$draft',
    '$consent',
    '$title',
    '$deleted',
    '$print',
    ...paths,
  ]) : random.pick(strings)
  if (name === 'seq') return at + 1
  if (name === 'base') return random.chance(0.5) ? 0 : random.whole(0, 5)
  if (name === 'value') return random.chance(0.2) ? {
    call: '2021',
    award: random.pick(['studio', 'technician']),
    formVersion: 1,
  } : anything(random)
  if (name === 'at' || name === 'now') return random.pick(['2021-04-20T09:00:00Z', ...strings.slice(0, 60)])
  if (name === 'sha256') return random.chance(0.5) && known.files.length > 0 ? random.pick(known.files) : hex(random, 64)
  if (name === 'upload' && known.uploads.length > 0) return random.pick(known.uploads)
  if (name === 'number' && known.receipts.length > 0) return random.pick(known.receipts)
  if (name === 'cursors') return Object.fromEntries(known.drafts.map((id) => [id, random.whole(0, 9)]))
  if (schema.enum) return random.pick(schema.enum)
  const type = [schema.type].flat()[0]
  if (type === 'object' || schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([key]) => schema.required?.includes(key) || random.chance(0.3))
        .map(([key, one]) => [key, fitting(one, key, random, known, at)]),
    )
  if (type === 'array') return Array.from(
    { length: random.whole(0, 6) },
    (_, i) => fitting(schema.items ?? {}, name === 'sha256' ? name : 'item', random, known, i),
  )
  if (type === 'integer' || type === 'number') return random.whole(schema.minimum ?? 0, Math.min(schema.maximum ?? 1000, 1000))
  if (type === 'boolean') return random.chance(0.5)
  if (schema.format === 'uuid') return random.uuid()
  if (schema.pattern?.startsWith('^1[3-9]')) return `139${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
  if (schema.pattern?.includes('0-9a-f')) return hex(random, 64)
  return type === 'string' ? random.pick(strings).slice(0, schema.maxLength ?? 1000) : anything(random)
}

/** The same with one thing that doesn't belong there. */
export function twisted(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null) return anything(random)
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[]
    return value.length > 0 && random.chance(0.8) ? [twisted(first, random), ...others] : anything(random)
  }
  const copy = { ...value } as Record<string, unknown>
  const keys = Object.keys(copy)
  const key = keys.length > 0 ? random.pick(keys) : 'x'
  switch (random.whole(0, 4)) {
    case 0:
      delete copy[key]
      return copy
    case 1:
      return { ...copy, [random.pick(strings)]: anything(random) }
    case 2:
      return { ...copy, [key]: anything(random) }
    case 3:
      return { ...copy, [key]: twisted(copy[key], random) }
    default:
      return anything(random)
  }
}
