/** One sender at a time, whatever the number of tabs; a round is push, pull, upload, and a push of what came meanwhile. */
import { reactive, readonly } from 'vue'
import { Refused, sentenceOf } from './failure'
import { ownerOf, phone } from './phone'
import { pullAll } from './pull'
import { pushAll } from './push'
import { uploadAll } from './upload'
import { onChange } from './wake'
import { wire, type Wire } from './wire'

const status = reactive({
  running: false,
  /** A sentence when the last round failed, else empty. */
  trouble: '',
  /** The session has ended: drafts stay, sending waits for signing in again. */
  signInNeeded: false,
  /** ms, phone's clock: when the next round begins by itself. */
  nextTry: 0,
})
export const syncStatus = readonly(status)

let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Runs rounds until nothing is left to send. Resolves with whether that was reached; never throws. */
export async function drain(using: () => Promise<Wire> = wire): Promise<boolean> {
  const { db } = phone()
  if ((await ownerOf(db)).account === null) return false
  return locked(`jiangshen-drain-${db.name}`, async () => {
    status.running = true
    clearTimeout(timer)
    try {
      const now = await using()
      await pushAll(now)
      await pullAll(now)
      await uploadAll(now)
      await pushAll(now)
      failures = 0
      Object.assign(status, { trouble: '', signInNeeded: false, nextTry: 0 })
      return true
    } catch (reason) {
      status.trouble = sentenceOf(reason)
      status.signInNeeded = reason instanceof Refused && reason.status === 401
      if (!status.signInNeeded) retryLater(reason instanceof Refused ? reason.retryAfter : undefined)
      return false
    } finally {
      status.running = false
    }
  })
}

/** Seconds 2, 4, 8 … 300, each with jitter, so that a city's phones don't come back all at once. */
function retryLater(retryAfter = 0): void {
  const wait = Math.max(retryAfter * 1000, Math.min(300_000, 2000 * 2 ** failures++) * (0.5 + Math.random() / 2))
  status.nextTry = Date.now() + wait
  clearTimeout(timer)
  timer = setTimeout(() => void drain(), wait)
}

/** Where the browser has no Web Locks, this tab's own round at least runs once at a time. */
let alone = Promise.resolve<unknown>(undefined)
function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && 'locks' in navigator) return navigator.locks.request(name, work)
  const turn = alone.then(work)
  alone = turn.catch(() => undefined)
  return turn
}

/** Called once by the app: sends on start, when the network or the page comes back, after edits, and now and then. */
export function keepDraining(): void {
  let soon: ReturnType<typeof setTimeout> | undefined
  const wakeUp = () => void drain()
  onChange(() => {
    clearTimeout(soon)
    soon = setTimeout(wakeUp, 1500)
  })
  addEventListener('online', wakeUp)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wakeUp())
  setInterval(wakeUp, 60_000)
  wakeUp()
}
