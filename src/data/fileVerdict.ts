/** What a failed upload says: about the file, about its way here, or about everything. */
import { Refused } from './failure'

/** Signed out, too many, down, full: the next file would fare no better. */
const FOR_ALL = new Set([401, 429, 503, 507])
const ABOUT_THE_FILE = new Set([400, 413, 415, 422])
/** Codes of what came in other than it was sent: sending it again is right, though not for ever. */
const DAMAGED = new Set(['digest-differs', 'checksum-differs', 'wrong-offset'])

export const isForAll = (reason: unknown) => reason instanceof Refused && FOR_ALL.has(reason.status)
export const isDamage = (reason: unknown): reason is Refused => reason instanceof Refused && DAMAGED.has(reason.code)
/** The server doesn't want it. `upload` is tus talking of its protocol. */
export const refusesFile = (reason: unknown): reason is Refused =>
  reason instanceof Refused && ABOUT_THE_FILE.has(reason.status) && reason.code !== 'upload' && !isDamage(reason)
