/** Looks at the page as its user does, many times a second, and remembers what was promised. */
import type { BrowserContext } from '@playwright/test'

/** What stood on the screen at one moment. */
export interface Seen {
  path: string
  /** ms, the machine's clock. */
  at: number
  /** The state line's words. */
  state: string
  /** Text field → what stood in it. */
  fields: Record<string, string>
  /** Photo slot → cards that called themselves kept, on their way, or confirmed. */
  slots: Record<string, number>
  /** Writes to the drafts that weren't strictly durable, since the page was opened. */
  loose: number
}

export interface Eyes {
  /** Step's path → the last moment at which it said 已存本机 or 已同步. */
  promised: Map<string, Seen>
  /** Everything since the last kill, the latest last. */
  seen: Seen[]
}

/** From now on in every page of this browser; call it before the first one is opened. */
export async function openEyes(context: BrowserContext, eyes: Eyes): Promise<void> {
  await context.exposeBinding('tellEyes', (_, seen: Seen) => {
    eyes.seen.push(seen)
    if (/已存本机|已同步/.test(seen.state)) eyes.promised.set(seen.path, together(eyes.promised.get(seen.path), seen))
  })
  // tsx names functions by a function of its own, which a page doesn't know.
  await context.addInitScript({ content: 'globalThis.__name ??= (it) => it' })
  await context.addInitScript(watch)
}

/** What was promised once stays promised: in these runs texts and slots only grow, whatever a page shows while it is drawn. */
function together(before: Seen | undefined, now: Seen): Seen {
  const fields = { ...before?.fields }
  for (const [name, text] of Object.entries(now.fields)) if (text.startsWith(fields[name] ?? '')) fields[name] = text
  const slots = { ...before?.slots }
  for (const [name, cards] of Object.entries(now.slots)) slots[name] = Math.max(cards, slots[name] ?? 0)
  return { ...now, fields, slots }
}

/** Runs in the page. */
function watch(): void {
  if (window.top !== window) return
  let loose = 0
  const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (...args) {
    const transaction = begin.apply(this, args)
    const counts = this.name.startsWith('jiangshen-drafts-') && transaction.mode === 'readwrite'
    if (counts && transaction.durability !== 'strict') loose += 1
    return transaction
  }
  let last = ''
  const look = () => {
    const state = document.querySelector('.line[role="status"]')?.textContent ?? ''
    const fields: Record<string, string> = {}
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('textarea, input:not([type]), input[type="text"]')) {
      const name = field.id || `${field.closest('.slot')?.id} ${field.ariaLabel}`
      if (name) fields[name] = field.value
    }
    const slots: Record<string, number> = {}
    for (const slot of document.querySelectorAll('.slot[id]'))
      slots[slot.id] = [...slot.querySelectorAll('.photo .state')].filter((one) => !one.matches('.keeping')).length
    const now = { path: location.pathname, state, fields, slots, loose }
    const text = JSON.stringify(now)
    if (text === last || !state) return
    last = text
    void (window as unknown as { tellEyes(seen: unknown): Promise<void> }).tellEyes({ ...now, at: Date.now() })
  }
  setInterval(look, 25)
}
