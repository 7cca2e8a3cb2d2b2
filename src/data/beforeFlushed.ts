import { registerFlush } from './flush'

/** Work that keeps something, e.g. a photo: whoever flushes waits for it. What becomes of it is its caller's. */
export function beforeFlushed<T>(work: Promise<T>): Promise<T> {
  const leave = registerFlush(() => work.then(() => undefined, () => undefined))
  void work.then(leave, leave)
  return work
}
