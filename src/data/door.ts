/**
 * The door of a database with a PIN. Shut, none of its payloads is read or written here; open, its key is in this page's
 * memory. Every page loads this, so that it stays small: what opens and shuts is in pin/.
 */
import { shallowReactive } from 'vue'
import { isSealed, type Codec } from './codec'
import type { PhoneDatabase } from './database'

const KEY = 'jiangshen-pins'

/** Thrown where a payload is asked for, or about to be written, before the PIN was given. */
export class Locked extends Error {
  override readonly name = 'Locked'
  constructor() {
    super('已锁定，请先解锁')
  }
}

/** Databases known to be shut. Noted in localStorage, so that nothing is shown first; where that forgets, a sealed row tells. */
export const shutDatabases = shallowReactive(new Set(noted()))
const keys = new Map<string, Codec>()

export const isShut = (database: string): boolean => shutDatabases.has(database)
export const isUnlocked = (database: string): boolean => keys.has(database)

/** @param codec with the key, from now on until `shut` */
export function openDoor(database: string, codec: Codec): void {
  keys.set(database, codec)
  shutDatabases.delete(database)
  note(database, true)
}

export function shut(database: string): void {
  keys.delete(database)
  shutDatabases.add(database)
  note(database, true)
}

/** Nothing is sealed in it any more, or it is gone. */
export function forgetDoor(database: string): void {
  keys.delete(database)
  shutDatabases.delete(database)
  note(database, false)
}

/** Whoever puts another database to use locks the others. */
export function shutOthers(database: string): void {
  for (const name of keys.keys()) if (name !== database) shut(name)
}

/** The codec of a database as its door stands at each call. Throws `Locked`. */
export function codecOf(db: PhoneDatabase): Codec {
  let pin: PromiseLike<number> | null = null
  const shutNow = () => {
    shut(db.name)
    return new Locked()
  }
  return {
    async seal(value) {
      const codec = keys.get(db.name)
      if (codec) return codec.seal(value)
      // Asked once: another tab that sets a PIN makes this one open its database anew.
      pin ??= db.pin.count()
      const pins = await pin.then(undefined, (reason: unknown) => {
        pin = null
        throw reason
      })
      if (pins > 0 || isShut(db.name)) throw shutNow()
      return value
    },
    async open(payload) {
      if (!isSealed(payload)) return payload
      const codec = keys.get(db.name) ?? (isShut(db.name) ? null : await Promise.resolve(leftOver(db)))
      if (!codec) throw shutNow()
      return codec.open(payload)
    },
  }
}

const leftOver = (db: PhoneDatabase) => import('./pin/left').then(({ leftCodec }) => leftCodec(db), () => null)

function noted(): string[] {
  try {
    const names = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(names) ? (names as string[]) : []
  } catch {
    return []
  }
}

function note(database: string, has: boolean): void {
  const known = noted()
  if (known.includes(database) === has) return
  try {
    localStorage.setItem(KEY, JSON.stringify(has ? [...known, database] : known.filter((name) => name !== database)))
  } catch {
    // The tables know it too.
  }
}
