import type { Call } from '../src/domain/calls/call'
import type { Database } from './db/connect'
import type { FileStorage } from './files/storage'
import type { Sms } from './sms'
import type { Time } from './clock'

/** What the routes work with; nothing else is global. */
export interface Context {
  db: Database
  files: FileStorage
  time: Time
  sms: Sms
  demonstration: boolean
  /** The one in use, then earlier ones that still open what they sealed (secrets.ts); a demonstration may do without. */
  masterSecrets?: readonly Buffer[] | undefined
  calls: Calls
}

export interface Calls {
  /** The call to apply in. */
  current(): Call
  /** A call that a draft may belong to, also a closed one; null: there is none of this name. */
  byId(id: string): Call | null
}
