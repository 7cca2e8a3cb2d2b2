/** Knows when nothing runs any more: no queued database task, no digest under way. */
let pending = 0
const immediately = globalThis.setImmediate

/** Counts what fake-indexeddb queues; called once per process. */
export function watchImmediates(): void {
  const counted = (work: (...args: unknown[]) => void, ...args: unknown[]) => {
    pending++
    return immediately(() => {
      pending--
      work(...args)
    })
  }
  globalThis.setImmediate = Object.assign(counted, immediately) as typeof setImmediate
}

export function counted<T>(work: Promise<T>): Promise<T> {
  pending++
  return work.finally(() => pending--)
}

/** Resolves when every tab waits for the scheduler. */
export async function idle(): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await new Promise<void>((resolve) => immediately(() => resolve()))
    calm = pending === 0 ? calm + 1 : 0
  }
}
