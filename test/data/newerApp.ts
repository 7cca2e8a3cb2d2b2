import Dexie from 'dexie'
import { DATABASE_VERSION } from '../../src/data/database'

/** The database as a newer version of the app would open it: all of today's tables and one more. */
export function newerApp(name: string, version = DATABASE_VERSION + 1): Dexie {
  const newer = new Dexie(name)
  newer.version(version).stores({
    owner: 'key',
    drafts: 'id, changedAt',
    registers: '[draft+path], draft',
    outbox: '++id, [draft+path], draft, seq, state',
    files: 'sha256',
    thumbnails: 'sha256',
    uploads: '[draft+sha256], draft, sha256, state',
    conflicts: '[draft+id], draft',
    receipts: 'number, draft',
    versions: '++id, [draft+path], draft',
    checkpoints: '++id, draft',
    pin: 'key',
    voices: 'id',
  })
  return newer
}
