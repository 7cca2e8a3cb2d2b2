import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { flushWhenHidden } from '../data/flush'
import { refreshServerInfo } from '../data/serverInfo'
import '../ui/style.css'
import { restoreAppearance } from '../ui/settings'
import App from './App.vue'
import { recoverMissingChunks } from './missingChunks'
import { noticesWanted } from './noticesWanted'
import { router } from './router'
import { returnToPlace } from './reopen'
import { trustOwnWorkers } from './trustedTypes'

trustOwnWorkers()
restoreAppearance()
const app = createApp(App).use(createPinia()).use(router)
recoverMissingChunks(router)
flushWhenHidden()
app.mount('#app')

await router.isReady()
void returnToPlace(router)
afterFirstUse(() => {
  noticesWanted.value = true
  // Sending is loaded when the page stands: nothing waits for it, and the first key doesn't either.
  startSending()
  void leaveWithoutStorage().catch(() => undefined)
  void import('./serviceWorker').then(({ registerWorker }) => registerWorker(), () => undefined)
  void import('../data/storageCare').then(({ careForStorage }) => careForStorage()).catch(() => undefined)
  // The start page asks by itself; whoever comes in by another door needs call and clock as well.
  if (router.currentRoute.value.name !== 'start') void refreshServerInfo().catch(() => undefined)
})

/** Without a database there is no draft to show: the start page says why, and what to do. */
async function leaveWithoutStorage(): Promise<void> {
  if (!router.currentRoute.value.path.startsWith('/apply/')) return
  const { probeStorage } = await import('../data/storage')
  if ((await probeStorage()) !== 'ok') await router.replace('/')
}

/** Without a network and a worker its code can't come; it is asked for again with the network. */
function startSending(): void {
  const parts = [import('../data/drain'), import('../data/backgroundSync'), import('./openedDrafts'), import('../data/pin/lock')] as const
  Promise.all(parts).then(
    ([{ keepDraining }, { keepWaking }, { migrateOpened }, { keepLocking }]) => {
      keepDraining()
      keepWaking()
      migrateOpened(router)
      keepLocking()
    },
    () => addEventListener('online', startSending, { once: true }),
  )
}

/**
 * Once somebody has touched the page, or after a while of looking at it, and then in an idle moment: on a slow network
 * nothing of this may compete with what the first key needs. Safari has no requestIdleCallback; a moment later does too.
 */
function afterFirstUse(work: () => void): void {
  const begin = () => {
    clearTimeout(waiting)
    for (const kind of ['pointerdown', 'keydown']) removeEventListener(kind, begin)
    if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 })
    else setTimeout(work, 1500)
  }
  // A later visit has everything on the phone already, and must hear of a new version at once.
  const waiting = setTimeout(begin, navigator.serviceWorker?.controller ? 0 : 2000)
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, begin, { passive: true })
}
