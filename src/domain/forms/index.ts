import type { Award, Form } from './kinds'
import { studio } from './studio'
import { technician } from './technician'

const forms: Record<Award, Form> = { studio, technician }

/** The form of an award, as its general type. */
export function formOf(award: Award): Form {
  return forms[award]
}

export const awardNames: Record<Award, string> = { studio: '技能大师工作室', technician: '企业首席技师' }

export function isAward(value: unknown): value is Award {
  return value === 'studio' || value === 'technician'
}
