/**
 * The connection to the database may be lost at any moment: iOS ends it in the background, and a full or tired disk
 * does, too. Dexie opens again by itself where the browser says so properly; after a request that failed underway, and
 * after an opening that failed, it has to be told (its database stays closed for good otherwise).
 */
import type { PhoneDatabase } from './database'
import { ConnectionLost, isQuotaError } from './failure'
import { phone } from './phone'

const LOST = new Set(['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError', 'DatabaseClosedError', 'OpenFailedError'])

/** Whether the connection is at fault rather than what was asked of it. Dexie keeps the browser's own error in `inner`. */
export function isConnectionError(reason: unknown): boolean {
  if (reason instanceof ConnectionLost) return true
  if (isQuotaError(reason)) return false
  const { name, inner } = (reason ?? {}) as { name?: string; inner?: unknown }
  return LOST.has(name ?? '') && (!inner || isConnectionError(inner))
}

/** Runs repeatable work; where the connection was lost, opens it again and runs the work once more. Throws `ConnectionLost`. */
export async function withReconnect<T>(db: PhoneDatabase, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    // A database that is no longer in use was closed on purpose.
    if (!isConnectionError(reason) || db !== phone().db) throw reason
  }
  try {
    await reconnect(db)
    return await work()
  } catch (reason) {
    throw isConnectionError(reason) ? new ConnectionLost(reason) : reason
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
