/** Data keys at the server, for whoever forgets a PIN: given while somebody is signed in, back only right after signing in. */
import type { Bytes } from '../rescue/format'

/** Every call throws `Unreachable` or `Refused`. */
export interface Escrow {
  /** Resolves when the server has it for good. A key's name never gets another key. */
  give(id: string, key: Bytes): Promise<void>
  /** Refused 403 `sign-in-again` where the session isn't fresh. */
  fetch(id: string): Promise<Bytes>
  /** Nothing is sealed under it any more. */
  drop(id: string): Promise<void>
}
