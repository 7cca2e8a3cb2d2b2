/** What one tab knows about sending, all tabs show: each sends in its turn, and people look at any of them. */
import { watch } from 'vue'
import { onDatabaseChange, phone } from './phone'
import { status } from './syncStatus'

const CHANNEL = 'jiangshen-sync'
const LAST_SUCCESS = 'jiangshen-synced'
/** ms: a tab that was killed says no more that it has stopped. */
const SILENCE = 30_000

interface News {
  database: string
  tab: string
  running: boolean
  trouble: string
  signInNeeded: boolean
  nextTry: number
  succeededAt: number
}
/** A tab that has just come asks what is known. */
type Message = News | { asked: string }

/** Begins to tell other tabs and to listen to them, once per page. Where the browser can't, each tab shows its own. */
export function shareStatus(): void {
  if (sharing) return
  sharing = true
  status.succeededAt = lastSuccess()
  onDatabaseChange(() => {
    senders.clear()
    Object.assign(status, { elsewhere: false, succeededAt: lastSuccess() })
  })
  watch(() => status.succeededAt, rememberSuccess, { flush: 'sync' })
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  const tab = crypto.randomUUID()
  let hearing = false
  let told = false

  const tell = () => {
    const { running, trouble, signInNeeded, nextTry, succeededAt } = status
    const news: News = { database: phone().db.name, tab, running, trouble, signInNeeded, nextTry, succeededAt }
    channel.postMessage(news)
  }
  const own = () => [status.running, status.trouble, status.signInNeeded, status.nextTry, status.succeededAt]
  // Several fields change in one breath: they are told as one.
  watch(
    own,
    () => {
      if (hearing || told) return
      told = true
      queueMicrotask(() => {
        told = false
        tell()
      })
    },
    { flush: 'sync' },
  )
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('asked' in data) {
      if (data.asked === phone().db.name) tell()
      return
    }
    if (data.database !== phone().db.name) return
    hearing = true
    hear(data)
    hearing = false
  })
  setInterval(() => {
    if (status.running) tell()
    forgetSilent()
  }, SILENCE / 3)
  const ask: Message = { asked: phone().db.name }
  channel.postMessage(ask)
}
let sharing = false

/** Tabs that are sending, and when they last said so. */
const senders = new Map<string, number>()

/** What came last counts, whoever says it: the rounds of all tabs go to the same server. */
function hear({ tab, running, trouble, signInNeeded, nextTry, succeededAt }: News): void {
  if (running) senders.set(tab, Date.now())
  else senders.delete(tab)
  const latest = Math.max(succeededAt, status.succeededAt)
  Object.assign(status, { elsewhere: senders.size > 0, trouble, signInNeeded, nextTry, succeededAt: latest })
}

function forgetSilent(): void {
  for (const [tab, at] of senders) if (Date.now() - at > SILENCE) senders.delete(tab)
  status.elsewhere = senders.size > 0
}

/** Survives a reload; a browser that keeps nothing says nothing. */
function lastSuccess(): number {
  try {
    const { database, at } = JSON.parse(localStorage.getItem(LAST_SUCCESS) ?? '{}') as { database?: string; at?: number }
    return database === phone().db.name && typeof at === 'number' ? at : 0
  } catch {
    return 0
  }
}

function rememberSuccess(at: number): void {
  if (at === 0) return
  try {
    localStorage.setItem(LAST_SUCCESS, JSON.stringify({ database: phone().db.name, at }))
  } catch {
    // Shown until the page goes.
  }
}
