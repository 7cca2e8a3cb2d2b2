/** What a person has before their eyes, and what lies on the disk behind it. */
import type { RegisterRow } from '../../src/data/database'
import type { Json } from '../../src/domain/sync'
import { namesIn, rowsOf } from './tables'
import type { Tab } from './tab'

/** The database in use on this page. */
export const databaseOf = (tab: Tab) => (tab.dead ? '' : tab.client.phone().db.name)

/** What lies at this place in any of the phone's databases. */
export function onDisk(tab: Tab, draft: string, path: string): Json | undefined {
  const { databases } = tab.device
  for (const name of namesIn(databases)) {
    const found = rowsOf<RegisterRow>(databases, name, 'registers').find((row) => row.draft === draft && row.path === path)
    if (found) return found.payload.value
  }
  return undefined
}

interface Seen {
  value: Json
  version: number
}
/** What a page shows at this place; null where it doesn't have the draft. */
export function standing(tab: Tab, draft: string, path: string): Seen | null {
  const registers = rowsOf<RegisterRow>(tab.device.databases, databaseOf(tab), 'registers').filter((row) => row.draft === draft)
  if (registers.length === 0) return null
  const found = registers.find((row) => row.path === path)
  return { value: found?.payload.value ?? null, version: found?.version ?? 0 }
}

/** What its user has before their eyes on a page. */
const before = new WeakMap<Tab, Map<string, Seen>>()
export function looks(tab: Tab): Map<string, Seen> {
  const found = before.get(tab) ?? new Map<string, Seen>()
  before.set(tab, found)
  return found
}
