/** Locking: by hand, after a while without a touch, and in all tabs of this browser where one of them asks for it. */
import { watch } from 'vue'
import { isShut, keys, shut } from '../door'
import { flushBeforeSwitch } from '../flush'
import { openAnew, phone } from '../phone'
import { photoAwaited } from '../waitingPhoto'
import { forgetDoor } from './notes'

const CHANNEL = 'jiangshen-pin'
/** ms between two looks at the clock. */
const EVERY = 10_000
/** ms in which a photo that the camera has just taken may come in. */
const PHOTO = 3000

/**
 * Locks the database in use once everything typed is on disk; throws, and stays open, where it can't be written.
 * @param everywhere in other tabs too
 */
export async function lock(everywhere = true): Promise<void> {
  const { db } = phone()
  if (!keys.has(db.name)) return
  await flushBeforeSwitch()
  if (db !== phone().db) return
  shut(db.name)
  openAnew()
  if (everywhere) tellTabs(db.name)
}

/** Other tabs look anew whether this database has a PIN, and lock themselves if it has. */
export const tellTabs = (database: string): void => tabs()?.postMessage(database)

// One for telling and hearing: a page doesn't hear its own, and must not lock itself.
let channel: BroadcastChannel | undefined
function tabs(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel !== 'undefined') channel ??= new BroadcastChannel(CHANNEL)
  return channel
}

/** Whether this database has a PIN, as the table says, and with it what was noted. */
export async function lookAgain(): Promise<boolean> {
  const { db } = phone()
  const has = (await db.pin.count()) > 0
  if (!has && isShut(db.name)) {
    forgetDoor(db.name)
    openAnew()
  } else if (has && !keys.has(db.name)) shut(db.name)
  return has
}

/** Resolves when the database in use is open. */
export function unlocked(): Promise<void> {
  const { name } = phone().db
  return new Promise((resolve) => {
    watch(() => isShut(name), (still) => !still && resolve(), { immediate: true })
  })
}

/** Called once by the app. */
export function keepLocking(): void {
  let touched = Date.now()
  const touch = () => (touched = Date.now())
  for (const kind of ['pointerdown', 'keydown', 'input', 'scroll']) addEventListener(kind, touch, { passive: true, capture: true })

  const lockAfter = async (idle: number) => {
    const { db } = phone()
    if (!keys.has(db.name)) return
    const after = ((await db.pin.get('pin'))?.after ?? 0) * 60_000
    // What can't be written yet stays on the screen, and the next look tries again.
    if (after > 0 && idle >= after) await lock(false)
  }
  const look = () => {
    // The camera is in front of this page: what it takes comes in before anything is locked.
    if (document.visibilityState === 'hidden' && photoAwaited()) return
    void lockAfter(Date.now() - touched).catch(() => undefined)
  }
  setInterval(look, EVERY)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    // Counted before the first touch: that one comes from whoever has picked the phone up.
    const idle = Date.now() - touched
    setTimeout(() => void lockAfter(idle).catch(() => undefined), photoAwaited() ? PHOTO : 0)
  })
  tabs()?.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data === phone().db.name) void hear().catch(() => undefined)
  })
}

/** Another tab has locked, or set, changed or taken away the PIN. */
async function hear(): Promise<void> {
  const { db } = phone()
  await flushBeforeSwitch().catch(() => undefined)
  if ((await db.pin.count()) > 0) shut(db.name)
  else forgetDoor(db.name)
  openAnew()
}
