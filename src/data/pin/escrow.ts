import type { Escrow } from './port'

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
