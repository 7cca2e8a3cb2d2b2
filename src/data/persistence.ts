/** Asking the browser not to evict our data: once there is something to lose, and not again in a visit after a no. */
import { isInstalled } from './browserKind'
import { phone } from './phone'

/** `unsupported`: there is nobody to ask. */
export type Persistence = 'granted' | 'denied' | 'unasked' | 'unsupported'

/** Lives as long as the visit: another day the browser may know this site better, and answer otherwise. */
const DENIED = 'jiangshen-persist-denied'
/** Saves after which a visit is more than a look around. */
const ENGAGED = 3
let denied = false

/** What the browser has said so far; asks for nothing. */
export async function readPersistence(): Promise<Persistence> {
  try {
    if (!navigator.storage?.persist) return 'unsupported'
    if (await navigator.storage.persisted()) return 'granted'
    return denied || sessionStorage.getItem(DENIED) ? 'denied' : 'unasked'
  } catch {
    return 'unsupported'
  }
}

/** Asks the browser, unless it has answered in this visit. Some ask their user in turn. */
export async function askToPersist(): Promise<Persistence> {
  const before = await readPersistence()
  if (before !== 'unasked') return before
  try {
    if (await navigator.storage.persist()) return 'granted'
  } catch {
    // As good as a no.
  }
  denied = true
  try {
    sessionStorage.setItem(DENIED, '1')
  } catch {
    // Then this page alone remembers it.
  }
  return 'denied'
}

/**
 * Asks by itself where that makes sense: an answer or a photo is on disk, and the app is installed or in real use.
 * @param saves how often something was saved in this visit; none: never asks
 */
export async function askWhenSensible(saves: number): Promise<Persistence | null> {
  if (saves === 0 || !(isInstalled() || saves >= ENGAGED) || (await readPersistence()) !== 'unasked') return null
  const answer = await phone().db.registers.filter(({ path }) => !path.startsWith('$')).first()
  return answer ? askToPersist() : null
}
