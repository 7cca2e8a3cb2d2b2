/**
 * Who may do what: one table of all routes, and the rule that reads it. The server asks it before every answer, and does
 * not start with a route that is missing here.
 */
import { staffRoles, type Relation, type StaffRole } from './roles'

/** `applicant` without a record is whoever is signed in: every account may apply. */
export type Actor = 'anyone' | Relation | StaffRole
/** 1: signed in by SMS; 2: with the second factor, which lasts twelve hours. */
export type Level = 0 | 1 | 2

export interface Rule {
  may: readonly Actor[]
  level: Level
  /** What the address names; it must be one's own, in the sense of `may`. */
  record?: 'draft' | 'upload' | 'newUpload' | 'session'
  /** Signed in no longer ago than this. */
  freshMinutes?: number
}

const anyone: Rule = { may: ['anyone'], level: 0 }
const signedIn: Rule = { may: ['applicant'], level: 1 }
const fresh: Rule = { ...signedIn, freshMinutes: 5 }
const anyStaff: Rule = { may: staffRoles, level: 1 }
const admin: Rule = { may: ['admin'], level: 2 }
/** The co-editor fills in what the applicant then confirms and submits. */
const ofDraft: Rule = { may: ['applicant', 'coEditor'], level: 1, record: 'draft' }
const bySubmitter: Rule = { may: ['applicant'], level: 1, record: 'draft' }
/** A mentor takes photos into the draft, and writes nothing else. */
const photosInto: Rule = { may: ['applicant', 'coEditor', 'mentor'], level: 1, record: 'draft' }
const upload: Rule = { ...photosInto, record: 'upload' }

/** By `METHOD /path`. HEAD is answered as GET is. */
export const access = {
  'GET /api/call': anyone,
  'GET /api/health': anyone,
  'GET /api/ready': anyone,
  'GET /api/openapi.json': anyone,
  'GET /api/docs': anyone,
  'GET /api/docs/*': anyone,
  'GET /api/demo': anyone,
  'POST /api/demo/clock': anyone,
  'GET /*': anyone,

  'POST /api/codes': anyone,
  'POST /api/sessions': anyone,
  'GET /api/sessions': signedIn,
  'GET /api/sessions/current': signedIn,
  // Signing out works always; without a session it only clears the cookie.
  'DELETE /api/sessions/current': anyone,
  'DELETE /api/sessions/others': signedIn,
  'DELETE /api/sessions/:session': { ...signedIn, record: 'session' },
  'POST /api/account/phone/codes': fresh,
  'PUT /api/account/phone': fresh,

  'PUT /api/me/phone-keys/:id': signedIn,
  // Whoever finds an unlocked session on a locked phone gets no key with it.
  'GET /api/me/phone-keys/:id': fresh,
  'DELETE /api/me/phone-keys/:id': signedIn,
  'GET /api/me/export': signedIn,
  'DELETE /api/me': fresh,

  'POST /api/second-factor': { ...anyStaff, freshMinutes: 5 },
  'POST /api/second-factor/check': anyStaff,

  'GET /api/staff': admin,
  'POST /api/staff': admin,
  'DELETE /api/staff/roles/:grant': admin,
  'POST /api/accounts/find': admin,
  'PUT /api/accounts/:account/disabled': admin,
  'DELETE /api/accounts/:account/second-factor': admin,

  // Operations name drafts of their own; those of others are answered like missing ones, each by itself.
  'POST /api/sync/push': signedIn,
  'POST /api/sync/pull': signedIn,
  'GET /api/drafts/:id/history': ofDraft,
  'POST /api/drafts/:id/files/check': photosInto,
  'GET /api/drafts/:id/files/:sha256': ofDraft,
  'PUT /api/drafts/:id/previews/:sha256': photosInto,
  'GET /api/drafts/:id/previews/:sha256': ofDraft,
  'POST /api/drafts/:id/submissions': bySubmitter,
  'DELETE /api/drafts/:id/submission': bySubmitter,
  'GET /api/drafts/:id/receipts': ofDraft,

  'OPTIONS /api/files': anyone,
  'OPTIONS /api/files/:upload': anyone,
  'POST /api/files': { ...photosInto, record: 'newUpload' },
  'HEAD /api/files/:upload': upload,
  'PATCH /api/files/:upload': upload,
  'DELETE /api/files/:upload': upload,

  // Whoever has a receipt may check it; whoever has a code of 60 bits may fetch what it opens.
  'GET /api/receipts/:number': anyone,
  'POST /api/receipts/verify': anyone,
  'GET /api/keys': anyone,
  'POST /api/handovers': anyone,
  'GET /api/handovers/:id/state': anyone,
  'GET /api/handovers/:id': anyone,
  'DELETE /api/handovers/:id': anyone,
} satisfies Record<string, Rule>

/** The rule for a route as it is registered; null: nobody thought of it. */
export function ruleFor(method: string, path: string): Rule | null {
  const table: Record<string, Rule> = access
  const under = path.startsWith('/api/docs/') ? '/api/docs/*' : path
  return table[`${method} ${under}`] ?? (method === 'HEAD' ? (table[`GET ${under}`] ?? null) : null)
}

/** Who asks, as the session says. */
export interface Who {
  level: 1 | 2
  /** Those that stand at this moment. */
  roles: readonly StaffRole[]
  /** When the session began, ms. */
  signedInAt: number
}
export type Denial = 'signed-out' | 'forbidden' | 'second-factor' | 'sign-in-again' | 'not-found'

/** Why this may not be done, whatever the record; null: it may. @param now ms */
export function denial(rule: Rule, who: Who | null, now: number): Denial | null {
  if (rule.may.includes('anyone')) return null
  if (!who) return 'signed-out'
  const role = rule.may.includes('applicant') || who.roles.some((one) => rule.may.includes(one))
  if (!role) return 'forbidden'
  if (who.level < rule.level) return 'second-factor'
  // A clock that was set back makes nothing fresh.
  const age = now - who.signedInAt
  const stale = rule.freshMinutes !== undefined && (age < 0 || age > rule.freshMinutes * 60_000)
  return stale ? 'sign-in-again' : null
}

/** Why not with this record. @param relation null: a stranger's, or none at all; both look alike */
export function recordDenial(rule: Rule, relation: Relation | null): Denial | null {
  if (relation === null) return 'not-found'
  return rule.may.includes(relation) ? null : 'forbidden'
}
