import { shallowRef } from 'vue'
import type { Router } from 'vue-router'
import { flushAll } from '../data/flush'

/** A part of the app could not be loaded, and reloading doesn't help now. */
export const chunkMissing = shallowRef<'offline' | 'gone' | null>(null)

const RELOADED = 'jiangshen-reloaded'
const ONCE_PER = 60_000

/**
 * A chunk may be gone from the server after a new version, or the network may be. Words are written down first;
 * then one reload per minute at most, and none while the server can't be reached: offline it would show even less.
 */
export function recoverMissingChunks(router: Router): void {
  let busy = false
  const once = (target: string) => {
    if (busy) return
    busy = true
    void recover(target).finally(() => (busy = false))
  }
  router.onError((error, to) => {
    if (isChunkError(error)) once(to.fullPath)
  })
  // The same fault of a page also comes to the router, which knows where it was going: it goes first.
  addEventListener('vite:preloadError', () => setTimeout(() => once(location.href), 100))
}

/** Vite and the engines word it differently; there is no code or class to tell it by. */
export function isChunkError(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script|preload CSS|Failed to load/i.test(error.message)
}

/** @param leave goes to the address with a fresh page */
export async function recover(target: string, leave: (target: string) => unknown = reloadAt): Promise<void> {
  if (!(await serverAnswers())) {
    chunkMissing.value = 'offline'
    return
  }
  try {
    await flushAll()
  } catch {
    // What isn't on disk stays on the screen rather than being lost by a reload.
    chunkMissing.value = 'gone'
    return
  }
  if (mayReload()) leave(target)
  else chunkMissing.value = 'gone'
}

/** A newer version may be waiting that has all its parts: it is let in on the way. */
async function reloadAt(target: string): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration()
  worker?.waiting?.postMessage('skip-waiting')
  if (new URL(target, location.href).href === location.href) location.reload()
  else location.assign(target)
}

/** `navigator.onLine` lies both ways; a HEAD passes the service worker and asks the server itself. */
async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(8000) })).ok
  } catch {
    return false
  }
}

function mayReload(): boolean {
  try {
    const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
    if (Date.now() - last < ONCE_PER) return false
    sessionStorage.setItem(RELOADED, String(Date.now()))
    return true
  } catch {
    // Without a memory of reloads there is no guard against a loop.
    return false
  }
}
