/** Whoever holds typed text that is not on disk yet registers here; hiding, leaving and updating write it down first. */
import { DraftMissing } from './failure'

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

/**
 * The same before another account comes into use. What was typed for a draft that isn't here can't be written now, and
 * waits in memory until its account is back: it must not keep anybody from signing in there.
 */
export async function flushBeforeSwitch(): Promise<void> {
  const outcomes = await Promise.allSettled([...pending].map((flush) => flush()))
  for (const outcome of outcomes) if (outcome.status === 'rejected' && !(outcome.reason instanceof DraftMissing)) throw outcome.reason
}

/** Called once by the app: a phone may never come back from `hidden`. */
export function flushWhenHidden(): void {
  const quietly = () => void flushAll().catch(() => undefined)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && quietly())
  addEventListener('pagehide', quietly)
}
