/** Looks into a phone's databases from outside, and copies them whole: what a backup of the phone holds. */
import { IDBFactory } from 'fake-indexeddb'

interface RawStore {
  records: { values(): Iterable<{ value: unknown }> }
}
interface RawDatabase {
  name: string
  version: number
  rawObjectStores: Map<string, RawStore>
}
type Inside = { _databases: Map<string, RawDatabase> }

const inside = (databases: IDBFactory) => (databases as unknown as Inside)._databases

export const namesIn = (databases: IDBFactory): string[] => [...inside(databases).keys()]

/** All rows of a table, in the order of their keys; none where there is no such table yet. */
export function rowsOf<T>(databases: IDBFactory, name: string, table: string): T[] {
  const store = inside(databases).get(name)?.rawObjectStores.get(table)
  return store ? [...store.records.values()].map(({ value }) => value as T) : []
}

/** Everything that is on disk now, apart from the original from then on. */
export function copyOf(databases: IDBFactory): IDBFactory {
  const copied = new IDBFactory()
  for (const [name, db] of inside(databases)) {
    const made = new (db.constructor as new (name: string, version: number) => RawDatabase)(db.name, db.version)
    made.rawObjectStores = clone(db.rawObjectStores, new Map<unknown, unknown>([[db, made]])) as typeof made.rawObjectStores
    inside(copied).set(name, made)
  }
  return copied
}

/** A copy of the whole graph, classes included. */
function clone(one: unknown, known: Map<unknown, unknown>): unknown {
  if (typeof one !== 'object' || one === null) return one
  const found = known.get(one)
  if (found) return found
  if (one instanceof ArrayBuffer) return one.slice(0)
  if (one instanceof Map) {
    const made = new Map<unknown, unknown>()
    known.set(one, made)
    for (const [key, value] of one) made.set(key, clone(value, known))
    return made
  }
  const made = (Array.isArray(one) ? [] : Object.create(Object.getPrototypeOf(one) as object)) as Record<string, unknown>
  known.set(one, made)
  for (const [key, value] of Object.entries(one)) made[key] = clone(value, known)
  return made
}
