/**
 * From one version of a form to the next. Forms change additively: a field that no longer is asked stays known, so that
 * an older phone's edits still find their place; a migration fills what is new from what stands.
 */
import { sameValue, type Json } from '../sync'
import type { Award, Form } from './kinds'

export type Values = ReadonlyMap<string, Json>

export interface Migration {
  /** The version that the draft has afterwards; each one is one more than the one before. */
  to: number
  /**
   * Path → value as the versions before have left them, to the edits that this version needs. The same values give the
   * same edits on every phone (no clock, no chance, no new ids): two phones that migrate at once then agree.
   */
  change(values: Values): readonly { path: string; value: Json }[]
}
export type Migrations = Record<Award, readonly Migration[]>

/** In the order of `to`, from 2 up to the form's version. */
export const migrations: Migrations = { studio: [], technician: [] }

/** The form version that a draft's first register (`$draft`) names; null where it names none. */
export function formVersionOf(about: Json | undefined): number | null {
  if (typeof about !== 'object' || about === null || Array.isArray(about)) return null
  return typeof about.formVersion === 'number' ? about.formVersion : null
}

/**
 * The edits that bring a draft to this version of its form, its raised `$draft` among them; none where it is there
 * already, or beyond. Paths that no form knows are left alone.
 */
export function migrate(values: Values, { award, version }: Pick<Form, 'award' | 'version'>, table: Migrations = migrations) {
  const about = values.get('$draft')
  const from = formVersionOf(about)
  if (from === null || from >= version) return []
  const now = new Map(values)
  const touched = new Set<string>()
  for (const { to, change } of table[award]) {
    if (to <= from || to > version) continue
    for (const { path, value } of change(now)) {
      now.set(path, value)
      touched.add(path)
    }
  }
  const edits = [...touched].map((path) => ({ path, value: now.get(path) ?? null }))
  return [
    { path: '$draft', value: { ...(about as { [key: string]: Json }), formVersion: version } },
    ...edits.filter(({ path, value }) => !sameValue(values.get(path), value)),
  ]
}
