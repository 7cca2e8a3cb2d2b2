/**
 * The door of a database with a PIN. Shut, none of its payloads is read or written here; open, its key is in this page's
 * memory. Every page loads this, so that it stays small: what opens and shuts is in pin/.
 */
import { shallowReactive } from 'vue'
import { isSealed, type Codec } from './codec'
import type { PhoneDatabase } from './database'

/** In localStorage: names of the databases with a PIN, so that nothing of them is shown first (pin/notes.ts). */
export const NOTED = 'jiangshen-pins'

/** Thrown where a payload is asked for, or about to be written, before the PIN was given. */
export class Locked extends Error {
  override readonly name = 'Locked'
  constructor() {
    super('已锁定，请先解锁')
  }
}

/** Databases known to be shut. Where what was noted is forgotten, the first sealed row tells. */
export const shutDatabases = shallowReactive(noted())
export const isShut = (database: string): boolean => shutDatabases.has(database)

/** By database: the codec with its key, while it is open. */
export const keys = new Map<string, Codec>()

export function shut(database: string): void {
  keys.delete(database)
  shutDatabases.add(database)
}

/** The codec of a database as its door stands at each call. Throws `Locked`. */
export function codecOf(db: PhoneDatabase): Codec {
  const { name } = db
  let pin: PromiseLike<number> | null = null
  const shutNow = () => {
    shut(name)
    return new Locked()
  }
  return {
    async seal(value) {
      const codec = keys.get(name)
      if (codec) return codec.seal(value)
      // Asked once: another tab that sets a PIN makes this one open its database anew.
      pin ??= db.pin.count()
      const pins = await pin.then(undefined, (reason: unknown) => {
        pin = null
        throw reason
      })
      if (pins > 0 || isShut(name)) throw shutNow()
      return value
    },
    async open(payload) {
      if (!isSealed(payload)) return payload
      const codec = keys.get(name) ?? (isShut(name) ? null : await Promise.resolve(leftOver(db)))
      if (!codec) throw shutNow()
      return codec.open(payload)
    },
  }
}

const leftOver = (db: PhoneDatabase) => import('./pin/left').then(({ leftCodec }) => leftCodec(db), () => null)

function noted(): Set<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(NOTED) ?? '[]') as string[])
  } catch {
    return new Set()
  }
}
