/**
 * What is done when the database fails. The connection may be lost at any moment: iOS ends it in the background, and a
 * full or tired disk does, too. Dexie opens again by itself where the browser says so properly; after a request that
 * failed underway, and after an opening that failed, it has to be told (its database stays closed for good otherwise).
 * Loaded once the app is in use (storageCare.ts), so that it is at hand without a network.
 */
import type { PhoneDatabase } from './database'
import { isQuotaError } from './failure'
import { phone } from './phone'
import { makeRoom } from './room'
import { ConnectionLost } from './storageFailure'

const LOST = new Set(['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError', 'DatabaseClosedError', 'OpenFailedError'])

/** Whether the connection is at fault rather than what was asked of it. Dexie keeps the browser's own error in `inner`. */
export function isConnectionError(reason: unknown): boolean {
  if (reason instanceof ConnectionLost) return true
  if (isQuotaError(reason)) return false
  const { name, inner } = (reason ?? {}) as { name?: string; inner?: unknown }
  return LOST.has(name ?? '') && (!inner || isConnectionError(inner))
}

/**
 * Runs work once more that failed for this reason: after small pictures have made room on a full disk, or after the
 * connection was opened again. Throws the reason where neither helps, and `ConnectionLost`.
 */
export async function onceMore<T>(db: PhoneDatabase, reason: unknown, work: () => Promise<T>): Promise<T> {
  if (isQuotaError(reason) && (await makeRoom())) return work()
  return afterReconnect(db, reason, work)
}

/** The same for work that small pictures are not worth dropping for. */
export async function afterReconnect<T>(db: PhoneDatabase, reason: unknown, work: () => Promise<T>): Promise<T> {
  // A database that is no longer in use was closed on purpose.
  if (!isConnectionError(reason) || db !== phone().db) throw reason
  try {
    await reconnect(db)
    return await work()
  } catch (again) {
    throw isConnectionError(again) ? new ConnectionLost(again) : again
  }
}

const running = new WeakMap<PhoneDatabase, Promise<unknown>>()

/** Closes what is left of the connection and opens it anew; everybody who asks meanwhile shares one attempt. */
export async function reconnect(db: PhoneDatabase = phone().db): Promise<void> {
  const found = running.get(db)
  if (found) return void (await found)
  db.close({ disableAutoOpen: false })
  const attempt = Promise.resolve(db.open()).finally(() => running.delete(db))
  running.set(db, attempt)
  await attempt
}
