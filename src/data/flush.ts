/** Whoever holds typed text that is not on disk yet registers here; hiding, leaving and updating write it down first. */
const pending = new Set<() => Promise<void>>()

/** Returns the way to leave again. */
export function registerFlush(flush: () => Promise<void>): () => void {
  pending.add(flush)
  return () => pending.delete(flush)
}

/** Resolves when everything typed is on disk; rejects when something could not be written. */
export async function flushAll(): Promise<void> {
  await Promise.all([...pending].map((flush) => flush()))
}

/** Called once by the app: a phone may never come back from `hidden`. */
export function flushWhenHidden(): void {
  const quietly = () => void flushAll().catch(() => undefined)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && quietly())
  addEventListener('pagehide', quietly)
}
