/** Who acts (requirements, "Who acts"), in the words of the vocabulary. */
import type { Quota, RecommenderKind } from './calls/quotas2021'

/** Granted by an administrator; they see other people's applications, and so need a second factor. */
export const staffRoles = [
  'recommender',
  'district',
  'districtFinance',
  'centre',
  'city',
  'cityFinance',
  'expert',
  'admin',
] as const
export type StaffRole = (typeof staffRoles)[number]

/** What an account can be to one draft: whose it is, or whom its applicant has invited. */
export type Relation = 'applicant' | 'mentor' | 'coEditor' | 'unit'

export const roleNames: Record<StaffRole, string> = {
  recommender: '推荐单位',
  district: '属地人社局',
  districtFinance: '县区财政局',
  centre: '市高技能人才公共实训服务中心',
  city: '市人社局',
  cityFinance: '市财政局',
  expert: '评委',
  admin: '管理员',
}

const isStaffRole = (name: string): name is StaffRole => (staffRoles as readonly string[]).includes(name)
const districtKinds: ReadonlySet<RecommenderKind> = new Set(['city', 'district', 'zone'])

/** The bodies that one may act for in this role, by Annex 3; empty: there is only one, and it isn't named. */
export function bodiesOf(role: StaffRole, quotas: readonly Quota[]): string[] {
  if (role === 'recommender') return quotas.map(({ name }) => name)
  if (role !== 'district' && role !== 'districtFinance') return []
  return quotas.filter(({ kind }) => districtKinds.has(kind)).map(({ name }) => name)
}

/** Whether this role exists and acts for this body. */
export function isGrant(role: string, body: string, quotas: readonly Quota[]): role is StaffRole {
  if (!isStaffRole(role)) return false
  const bodies = bodiesOf(role, quotas)
  return bodies.length > 0 ? bodies.includes(body) : body === ''
}
