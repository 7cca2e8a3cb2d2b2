import { shallowRef } from 'vue'
import { flushAll } from '../data/flush'

/** Why this page can't be opened without a network; null while it can, or while that isn't known yet. */
export const offlineRefused = shallowRef<OfflineRefusal | null>(null)
export type OfflineRefusal = 'insecure' | 'untrusted' | 'unsupported'

/** A newer version lies ready: `waiting` asks to be let in, `active` was let in by another window. */
export const update = shallowRef<'none' | 'waiting' | 'active'>('none')

const AGAIN = 60 * 60 * 1000
let registration: ServiceWorkerRegistration | undefined

/** Registers the worker once the first page stands, so that its downloads don't compete with the first key. */
export async function registerWorker(): Promise<void> {
  if (import.meta.env.DEV) return
  if (!window.isSecureContext) return refuse('insecure')
  if (!('serviceWorker' in navigator)) return refuse('unsupported')
  try {
    registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  } catch (error) {
    // Chromium and WebKit refuse a certificate that was only clicked through, with this error; no network is a TypeError.
    if (error instanceof DOMException && error.name === 'SecurityError') refuse('untrusted')
    return
  }
  watch(registration)
  lookAgain()
}

function refuse(why: OfflineRefusal): void {
  offlineRefused.value = why
}

function watch(one: ServiceWorkerRegistration): void {
  const hadOne = navigator.serviceWorker.controller !== null
  if (one.waiting && hadOne) update.value = 'waiting'
  one.addEventListener('updatefound', () => {
    const fresh = one.installing
    fresh?.addEventListener('statechange', () => {
      if (fresh.state === 'installed' && navigator.serviceWorker.controller) update.value = 'waiting'
    })
  })
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker claims the page: nothing new. Later ones were let in here or in another window.
    if (hadOne || update.value !== 'none') update.value = 'active'
  })
}

/** An installed app stays open for days: it asks for news when it comes back to the front. */
function lookAgain(): void {
  let last = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < AGAIN) return
    last = Date.now()
    registration?.update().catch(() => undefined)
  })
}

/** Puts the new version to use. Throws, and changes nothing, when typed words could not be written first. */
export async function applyUpdate(): Promise<void> {
  await flushAll()
  // Others are on the new version before this browser has heard of it: it is fetched first, as far as the network lets it.
  if (update.value === 'none') await fetchUpdate()
  if (registration?.waiting) {
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }))
    registration.waiting.postMessage('skip-waiting')
    await taken
  }
  // Somebody may have typed on meanwhile.
  await flushAll()
  location.reload()
}

/** Looks for the new version, and waits until it lies ready. */
async function fetchUpdate(): Promise<void> {
  const fresh = (await registration?.update().catch(() => undefined))?.installing
  if (!fresh) return
  await new Promise<void>((done) => {
    const look = () => fresh.state !== 'installing' && done()
    fresh.addEventListener('statechange', look)
    look()
  })
}
