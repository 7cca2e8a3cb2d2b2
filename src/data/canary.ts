/**
 * Notices that the browser has cleared this site's data. Two signs: the server knows drafts of the one who is signed in
 * here (the cookie often outlives the tables), and a note in two other places that drafts were here: how many and when,
 * nothing personal.
 */
import type { Account } from '../domain/api'
import { CLIENT_VERSION } from '../domain/sync'
import { PhoneDatabase } from './database'
import { databaseNames, phone } from './phone'
import { databaseOf } from './registry'
import { wire } from './wire'

const KEY = 'jiangshen-drafts-here'
const CACHE = 'jiangshen-note'
const ADDRESS = '/jiangshen-note'

export interface Note {
  drafts: number
  /** ISO instant, the phone's clock. */
  at: string
}

/** `restorable`: the server has drafts of the account that is signed in; `gone`: drafts were here and nobody is signed in. */
export type Loss = { kind: 'restorable'; account: Account; drafts: number } | ({ kind: 'gone' } & Note)

/** Notes that drafts are here; an empty phone leaves the note alone. */
export async function noteDrafts(at = new Date().toISOString()): Promise<void> {
  const drafts = await phone().db.drafts.count()
  if (drafts === 0) return
  const note = JSON.stringify({ drafts, at } satisfies Note)
  try {
    localStorage.setItem(KEY, note)
  } catch {
    // The other place may do.
  }
  const cache = await caches?.open(CACHE).catch(() => null)
  await cache?.put(ADDRESS, new Response(note, { headers: { 'Content-Type': 'application/json' } })).catch(() => undefined)
}

/** The loss was understood, or made good. */
export async function forgetNote(): Promise<void> {
  try {
    localStorage.removeItem(KEY)
    await (await caches.open(CACHE)).delete(ADDRESS)
  } catch {
    // Said once more then.
  }
}

/** What was lost here; null where nothing was, as far as can be told. Never throws. */
export async function lookForLoss(): Promise<Loss | null> {
  try {
    const owner = await phone().db.owner.get('owner')
    if (owner?.account || (await draftsHere()) > 0) return null
    const served = await onServer().catch(() => null)
    if (served) return served
    const note = await readNote()
    return note && note.drafts > 0 ? { kind: 'gone', ...note } : null
  } catch {
    return null
  }
}

/** Drafts in all databases: whoever signed out has theirs in another one. */
async function draftsHere(): Promise<number> {
  let sum = await phone().db.drafts.count()
  for (const name of await databaseNames()) {
    if (sum > 0) break
    if (name === phone().db.name) continue
    const db = new PhoneDatabase(name)
    sum += await db.drafts.count().finally(() => db.close())
  }
  return sum
}

async function onServer(): Promise<Loss | null> {
  const server = await wire()
  const account = await server.whoAmI()
  // Its database is on this phone, and was left on purpose.
  if (!account || (await databaseOf(account.id))) return null
  const { drafts } = await server.pull({ device: crypto.randomUUID(), client: CLIENT_VERSION, cursors: {} })
  const kept = drafts.filter(({ registers }) => registers.findLast(({ path }) => path === '$deleted')?.value !== true)
  return kept.length > 0 ? { kind: 'restorable', account, drafts: kept.length } : null
}

async function readNote(): Promise<Note | null> {
  const read = (text: string | null | undefined) => (text ? (JSON.parse(text) as Note) : null)
  try {
    return read(localStorage.getItem(KEY)) ?? read(await (await caches.match(ADDRESS))?.text())
  } catch {
    return null
  }
}
