/// <reference lib="webworker" />
/** The service worker: the shell from the cache, everything else untouched. GET only, and the share target's POST. */
import { dropOldAssets, fromAssets } from './worker/assets'
import { keepShared, SHARE_ADDRESS } from './worker/share'
import { dropOldShells, installShell, page, shellFile, type ShellEntry } from './worker/shell'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: ShellEntry[] }

const entries = self.__WB_MANIFEST

// No skipWaiting here: a new version waits until a person has agreed (App.vue), after their words are on disk.
self.addEventListener('install', (event) => event.waitUntil(installShell(entries)))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') event.waitUntil(self.skipWaiting())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && url.pathname === SHARE_ADDRESS) return event.respondWith(keepShared(request))
  if (request.method !== 'GET' || isServers(url.pathname)) return
  if (request.mode === 'navigate') {
    event.waitUntil(tidy())
    return event.respondWith(page(entries, request))
  }
  if (url.pathname.startsWith('/assets/')) return event.respondWith(fromAssets(entries, request))
  if (entries.some((entry) => `/${entry.url}` === url.pathname)) event.respondWith(shellFile(entries, request))
})

/** Answers that are the server's alone: never cached, never replaced by the app's page. */
function isServers(path: string): boolean {
  return path.startsWith('/api/') || path === '/api'
}

/** Earlier versions leave when no page of theirs can be open any more: this navigation's own page is not among them yet. */
async function tidy(): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (windows.length > 0 || self.registration.waiting || self.registration.installing) return
  await dropOldShells(entries)
  await dropOldAssets()
}
