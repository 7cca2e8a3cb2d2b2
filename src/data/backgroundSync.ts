/**
 * What waits when the page is closed goes out by the service worker, in browsers that have Background Sync: they wake it
 * when the network is back. It asks a page that is still open to send; only where none answers does it send by itself.
 */
import { watch } from 'vue'
import { drain } from './drain'
import { ownerOf, phone } from './phone'
import { hasWork } from './push'
import { syncStatus } from './syncStatus'
import { SEND, type SendRequest } from './wake'

/** Not in TypeScript's library: Chromium alone has it. */
interface WithSync {
  sync?: { register(tag: string): Promise<void> }
}

/** Asks to be woken if anything waits that may be sent. A browser that has no such thing, or refuses, is left alone. */
export async function askToBeWoken(): Promise<void> {
  try {
    const home = phone()
    const registration = (await navigator.serviceWorker?.getRegistration()) as WithSync | undefined
    if (!registration?.sync || (await ownerOf(home.db)).account === null || !(await hasWork(home))) return
    await registration.sync.register(`${SEND}${home.db.name}`)
  } catch {
    // Only one of several ways to be woken.
  }
}

/** Called once by the app: after a round that failed, and when the page is hidden and may never come back. */
export function keepWaking(): void {
  // Only for the first failure of a row: a browser that believes itself online wakes at once, and a server that is down
  // would be asked without end, in all tabs.
  watch(
    () => syncStatus.nextTry > 0,
    (failing) => failing && void askToBeWoken(),
  )
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void askToBeWoken())
  // A frozen page goes on: what happened meanwhile comes before anything else is typed.
  document.addEventListener('resume', () => void drain())
  navigator.serviceWorker?.addEventListener('message', ({ data, ports }: MessageEvent<SendRequest | null>) => {
    if (data?.kind !== 'send' || data.database !== phone().db.name) return
    ports[0]?.postMessage('sending')
    void drain()
  })
}
