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

let current: Promise<Escrow> | null = null

/** The one in use; loaded on the first call, a failed load is tried again. */
export function escrow(): Promise<Escrow> {
  current ??= import('./httpEscrow').then(
    ({ httpEscrow }) => httpEscrow,
    (reason: unknown) => {
      current = null
      throw reason
    },
  )
  return current
}

/** For tests: another one from now on. */
export function useEscrow(next: Escrow): void {
  current = Promise.resolve(next)
}
