/** The wire in use. */
import type { Wire } from './port'

export type { Upload, Wire } from './port'

let current: Promise<Wire> | null = null

/** The wire in use; axios and tus load on the first call, not with the form. A failed load is tried again. */
export function wire(): Promise<Wire> {
  current ??= import('./httpWire').then(
    ({ httpWire }) => httpWire,
    (reason: unknown) => {
      current = null
      throw reason
    },
  )
  return current
}

/** For tests and the simulator: another wire from now on. */
export function useWire(next: Wire): void {
  current = Promise.resolve(next)
}
