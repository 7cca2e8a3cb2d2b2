/** The database in use and its codec. Everything in data/ asks here; nothing keeps a database of its own. */
import type { Codec } from './codec'
import { PhoneDatabase, type OwnerRow } from './database'
import { codecOf, keys, shut } from './door'
import { flushAll } from './flush'

const CURRENT = 'jiangshen-current'
const PREFIX = 'jiangshen-drafts-'
/** A fixed name: two tabs of a first visit, and a browser that forgot, still find the same database. */
const FIRST = `${PREFIX}first`

/** A database with its codec. Work that waits for the network keeps the one it began with. */
export interface Phone {
  db: PhoneDatabase
  codec: Codec
}

let open: Phone | null = null
const listeners = new Set<() => void>()

/** The database in use; a guest's is made on the first call. */
export function phone(): Phone {
  open ??= phoneOn(currentName())
  return open
}

/** A database that isn't in use, with its codec; whoever asks for it closes it. */
export function phoneOn(name: string): Phone {
  const db = new PhoneDatabase(name)
  return { db, codec: codecOf(db) }
}

/** Other screens follow when another account's database comes into use. */
export function onDatabaseChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Puts another database to use; the earlier one is closed, not touched. */
export function useDatabase(name: string): void {
  if (open?.db.name === name) return
  remember(name)
  // Whoever puts another database to use locks the others.
  for (const other of keys.keys()) if (other !== name) shut(other)
  openAnew()
}

/** Its door was opened or shut: nothing that was read before stays in use. */
export function openAnew(): void {
  open?.db.close()
  open = null
  for (const listener of listeners) listener()
}

/** Every database of drafts on this phone, whoever it belongs to; see registry.ts for whose is whose. */
export async function databaseNames(): Promise<string[]> {
  return (await PhoneDatabase.getDatabaseNames()).filter((name) => name.startsWith(PREFIX))
}

export const newDatabaseName = () => `${PREFIX}${crypto.randomUUID()}`

/** Who this database belongs to, and which device it is; made when it is missing. Runs inside or outside a transaction. */
export async function ownerOf(db: PhoneDatabase): Promise<OwnerRow> {
  const found = await db.owner.get('owner')
  if (found) return found
  const fresh: OwnerRow = { key: 'owner', device: crypto.randomUUID(), nextSeq: 1, account: null, payload: { name: '', phone: '' } }
  return db.transaction('rw', db.owner, async () => {
    const made = await db.owner.get('owner')
    if (made) return made
    await db.owner.add(fresh)
    return fresh
  })
}

/** The name under which this phone writes, read once per database: every edit needs it. */
export function authorOf({ db, codec }: Phone): Promise<string> {
  const known = authors.get(db)
  if (known) return known
  const name = ownerOf(db).then(async ({ payload }) => (await codec.open(payload)).name)
  authors.set(db, name)
  name.catch(() => authors.delete(db))
  return name
}
const authors = new WeakMap<PhoneDatabase, Promise<string>>()

/** Says whose database this is from now on. */
export async function setOwner(db: PhoneDatabase, owner: Partial<Pick<OwnerRow, 'account' | 'payload'>>): Promise<void> {
  await db.owner.update('owner', owner)
  authors.delete(db)
}

// localStorage can be denied or lost: then the name lives as long as the page.
let inUse: string | null = null
function currentName(): string {
  inUse ??= remembered() ?? FIRST
  return inUse
}
function remembered(): string | null {
  try {
    return localStorage.getItem(CURRENT)
  } catch {
    return null
  }
}
function remember(name: string): void {
  inUse = name
  try {
    localStorage.setItem(CURRENT, name)
  } catch {
    // Said at the start: storage.ts probes it.
  }
}

// Session and database belong together in all tabs. What is being typed here goes into the database it was typed for.
globalThis.addEventListener?.('storage', ({ key, newValue }) => {
  if (key === CURRENT && newValue) void flushAll().catch(() => undefined).then(() => useDatabase(newValue))
})
