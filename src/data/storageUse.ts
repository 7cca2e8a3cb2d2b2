/** What takes how much of the room that the browser gives. */
import { readFileRefs, type FileRef } from './fileRefs'
import { phone } from './phone'
import type { DraftView } from './read'
import { isClearable } from './release'
import { roomNow, type Room } from './storage'

export interface Pile {
  count: number
  bytes: number
}

export interface StorageUse {
  room: Room
  /** Photos and files per draft, those of its own only. */
  drafts: { draft: DraftView; files: Pile }[]
  /** Photos that several drafts show, counted once. */
  shared: Pile
  /** What no draft shows any more: photos before they were turned or taken again, and deleted ones. */
  earlier: Pile
  /** Of those, what may be cleared by hand. */
  clearable: Pile
  thumbnails: Pile
  words: Pile
  /** Bytes of the app itself. */
  app: number
  /** What the server had confirmed when it was last asked; asked again before anything is freed. */
  freeable: Pile
}

export async function readStorageUse(): Promise<StorageUse> {
  const { files, drafts } = await readFileRefs()
  const all = [...files.values()]
  const confirmed = await confirmedHere(all)
  return {
    room: await roomNow(),
    drafts: drafts.map((draft) => ({ draft, files: pile(all.filter(({ shown }) => shown.size === 1 && shown.has(draft.id))) })),
    shared: pile(all.filter(({ shown }) => shown.size > 1)),
    earlier: pile(all.filter(({ shown }) => shown.size === 0)),
    clearable: pile(all.filter(isClearable)),
    thumbnails: await thumbnails(),
    words: await words(),
    app: await cached(),
    freeable: pile(confirmed),
  }
}

const pile = (files: readonly { bytes: number }[]): Pile => ({ count: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) })

async function confirmedHere(files: FileRef[]): Promise<FileRef[]> {
  const { db } = phone()
  const open = new Set((await db.uploads.where('state').notEqual('confirmed').toArray()).map(({ sha256 }) => sha256))
  return files.filter(({ sha256, named, pinned }) => named.size > 0 && !pinned && !open.has(sha256))
}

async function thumbnails(): Promise<Pile> {
  const sum = { count: 0, bytes: 0 }
  await phone().db.thumbnails.each(({ bytes }) => {
    sum.count += 1
    sum.bytes += bytes
  })
  return sum
}

/** Answers, their earlier values and what waits to be sent. Browsers keep text in their own way: an estimate. */
async function words(): Promise<Pile> {
  const { db } = phone()
  const sum = { count: 0, bytes: 0 }
  for (const table of [db.registers, db.outbox, db.versions, db.conflicts, db.receipts]) {
    await table.each((row: object) => {
      sum.count += 1
      sum.bytes += weigh(row)
    })
  }
  return sum
}

/** Bytes of a stored row: two per character, buffers as they are. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length * 2
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 8
  return Object.entries(value).reduce((sum, [key, one]) => sum + key.length * 2 + weigh(one), 0)
}

/** The app's own files, which make it work without a network. */
async function cached(): Promise<number> {
  let sum = 0
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const response of await cache.matchAll()) sum += (await response.blob()).size
    }
  } catch {
    // Without a service worker there is nothing.
  }
  return sum
}
