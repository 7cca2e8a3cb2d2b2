/// <reference lib="webworker" />
/** The service worker: the shell from the cache, everything else untouched. GET only, and the share target's POST. Wakes the sender. */
import { SEND, type SendRequest } from '../data/wake'
import { dropOldAssets, fromAssets } from './worker/assets'
import { sendFrom } from './worker/send'
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

// Background Sync, where there is one: the network is back, and something waits in this database.
self.addEventListener('sync', (event) => {
  const sync = event as SyncEvent
  if (sync.tag.startsWith(SEND)) sync.waitUntil(wakeOrSend(sync.tag.slice(SEND.length)))
})
/** Not in TypeScript's library: Chromium alone has it. */
interface SyncEvent extends ExtendableEvent {
  tag: string
}

/** An open page sends better: files too, and it shows how far it is. A frozen one doesn't answer. */
async function wakeOrSend(database: string): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true }))
    if (await takesOver(page, { kind: 'send', database })) return
  await sendFrom(database)
}

const PATIENCE = 2000
function takesOver(page: Client, request: SendRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => resolve(true))
    port1.start()
    page.postMessage(request, [port2])
    setTimeout(() => resolve(false), PATIENCE)
  })
}

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
