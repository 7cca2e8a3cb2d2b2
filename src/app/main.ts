import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { flushWhenHidden } from '../data/flush'
import '../ui/style.css'
import App from './App.vue'
import { recoverMissingChunks } from './missingChunks'
import { router } from './router'
import { registerWorker } from './serviceWorker'

const app = createApp(App).use(createPinia()).use(router)
recoverMissingChunks(router)
flushWhenHidden()
app.mount('#app')

await router.isReady()
whenIdle(() => void registerWorker())

/** Safari has no requestIdleCallback; a moment later does as well. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 })
  else setTimeout(work, 1500)
}
