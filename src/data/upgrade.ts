/** Two windows of two versions of the app, and one database: the older one makes way, once its words are on disk. */
import type Dexie from 'dexie'
import { shallowReactive } from 'vue'
import { flushAll } from './flush'

/** Databases whose upgrade waits for another window to close. */
export const blockedDatabases = shallowReactive(new Set<string>())
/** Databases that another window has upgraded under this one: all that was typed here is on disk, the page is old. */
export const overtakenDatabases = shallowReactive(new Set<string>())

const AGAIN = 2000

export function makeWayForUpgrades(db: Dexie): void {
  db.on('versionchange', ({ newVersion }) => {
    // Without a new version it is being deleted: then Dexie's own answer, closing at once, is right.
    if (!newVersion) return undefined
    void closeWhenWritten(db)
    return false
  })
  db.on('blocked', () => void blockedDatabases.add(db.name))
  db.on('ready', () => void blockedDatabases.delete(db.name), true)
}

/** What can't be written keeps the connection, and the other window waiting: nothing is lost, and that one says why. */
async function closeWhenWritten(db: Dexie): Promise<void> {
  try {
    await flushAll()
  } catch {
    setTimeout(() => void closeWhenWritten(db), AGAIN)
    return
  }
  // Opened again by the next read, it is the newer version's, and read only (readOnly.ts).
  db.close({ disableAutoOpen: false })
  overtakenDatabases.add(db.name)
}
