/** Opens a door, and keeps the note of which databases have one. */
import type { Codec } from '../codec'
import { keys, NOTED, shutDatabases } from '../door'

/** @param codec with the key, from now on until it is shut */
export function openDoor(database: string, codec: Codec): void {
  keys.set(database, codec)
  shutDatabases.delete(database)
  note(database, true)
}

/** Nothing is sealed in it any more, or it is gone. */
export function forgetDoor(database: string): void {
  keys.delete(database)
  shutDatabases.delete(database)
  note(database, false)
}

function note(database: string, has: boolean): void {
  try {
    const others = (JSON.parse(localStorage.getItem(NOTED) ?? '[]') as string[]).filter((name) => name !== database)
    localStorage.setItem(NOTED, JSON.stringify(has ? [...others, database] : others))
  } catch {
    // The tables know it too.
  }
}
