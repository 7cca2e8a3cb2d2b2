import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { flushWhenHidden } from '../data/flush'
import '../ui/style.css'
import App from './App.vue'
import { canKeepDrafts } from './database'
import { recoverMissingChunks } from './missingChunks'
import NoDatabase from './NoDatabase.vue'
import { router } from './router'
import { registerWorker } from './serviceWorker'

// The page is drawn while the database answers: only a browser that refuses one sees another page instead.
const app = createApp(App).use(createPinia()).use(router)
recoverMissingChunks(router)
flushWhenHidden()
app.mount('#app')

if (await canKeepDrafts()) {
  await router.isReady()
  whenIdle(() => void registerWorker())
} else {
  app.unmount()
  createApp(NoDatabase).mount('#app')
}

/** Safari has no requestIdleCallback; a moment later does as well. */
function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 4000 })
  else setTimeout(work, 1500)
}
