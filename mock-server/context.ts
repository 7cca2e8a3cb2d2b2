import type { Call } from '../src/domain/calls/call'
import type { Database } from './db/connect'
import type { Scanner } from './files/clamd'
import type { FileStorage } from './files/storage'
import type { Inspection } from './inspection/inspection'
import type { Sms } from './sms'
import type { Time } from './clock'
import type { MasterKeys } from './seal/master'

/** What the routes work with; nothing else is global. */
export interface Context {
  db: Database
  files: FileStorage
  time: Time
  sms: Sms
  demonstration: boolean
  calls: Calls
  /** Over everything sensitive in the database; never in it. */
  keys: MasterKeys
  inspection: Inspection
  /** Null: none is connected. */
  scanner: Scanner | null
}

export interface Calls {
  /** The call to apply in. */
  current(): Call
  /** A call that a draft may belong to, also a closed one; null: there is none of this name. */
  byId(id: string): Call | null
}
