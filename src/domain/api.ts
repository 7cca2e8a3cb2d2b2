/** What requests and replies look like, beside those of sync.ts and submission.ts. */
import type { Call, Instant } from './calls/call'
import type { StaffRole } from './roles'

/** Every error reply: a code for programs, a sentence for people, a trace id for the log. */
export interface ApiError {
  code: string
  message: string
  trace: string
  details?: unknown
}

/** GET /api/call */
export interface ServerInfo {
  call: Call
  now: Instant
  /** Demonstration mode: codes are shown, /demo exists. */
  demonstration: boolean
}

export interface Account {
  id: string
  /** Shown beside what this person wrote: a name, else the masked phone number. */
  name: string
  /** e.g. `138****0001` */
  phone: string
}

/** POST /api/codes { phone } */
export interface CodeReply {
  request: string
  /** Seconds until another one can be asked for. */
  resendAfter: number
  /** Only in demonstration mode, where no SMS is sent. */
  code?: string
}

/** DELETE /api/me */
export interface ErasedAccount {
  /** Drafts that are gone. */
  erased: number
  /** Drafts that the law asks to keep, with the last day of that. */
  kept: { draft: string; until: string }[]
}

/** Why a submission was refused. */
export type SubmissionRefusal = 'late' | 'not-open' | 'stale' | 'conflicts' | 'incomplete' | 'files-missing' | 'digest-differs'

/** GET /api/sessions/current */
export interface CurrentSession {
  account: Account
  /** 2: the second factor was shown, within the last twelve hours. */
  level: 1 | 2
  roles: { role: StaffRole; body: string }[]
  /** Whether an authenticator app is bound. */
  secondFactor: boolean
}

/** GET /api/sessions: one of the devices on which somebody is signed in. */
export interface SignedInDevice {
  id: string
  /** e.g. `安卓手机·微信` */
  device: string
  signedInAt: Instant
  /** To the hour. */
  seenAt: Instant
  /** The one that asks. */
  current: boolean
}

/** POST /api/second-factor: for an authenticator app. */
export interface SecondFactorSecret {
  /** Base32, to be typed. */
  secret: string
  /** `otpauth://…`, to be scanned. */
  uri: string
}

/** GET /api/staff */
export interface StaffMember {
  account: Account
  /** `id` takes it away again. */
  roles: { id: string; role: StaffRole; body: string; at: Instant }[]
  secondFactor: boolean
  disabled: boolean
}
