/** What runs inside a measured page, before anything else. Times are ms since the navigation began. */

export interface Probe {
  typeable: number
  /** Start and duration of every task over 50 ms. */
  tasks: [start: number, duration: number][]
  /** ms of every read-write transaction, with its stores. */
  saves: { stores: string; ms: number; end: number }[]
  /** Key stroke to paint. */
  keys: number[]
  /** When the picked file reached the page. */
  picked: number
  /** The last click. */
  clicked: number
}
declare global {
  interface Window {
    probe: Probe
  }
}

/** The first text field that a finger could use. */
export const FIELD = 'input:not([type=file]):not([type=checkbox]):not([type=radio]), textarea'

export function installProbe(field: string): void {
  const probe: Probe = { typeable: 0, tasks: [], saves: [], keys: [], picked: 0, clicked: 0 }
  window.probe = probe
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) probe.tasks.push([startTime, duration])
  }).observe({ type: 'longtask', buffered: true })

  const look = () => {
    const found = document.querySelector<HTMLInputElement>(field)
    if (found && found.getClientRects().length > 0 && !found.disabled && !found.readOnly) probe.typeable = performance.now()
    else setTimeout(look, 8)
  }
  look()

  const open = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function transaction(...args) {
    const made = open.apply(this, args)
    const began = performance.now()
    if (made.mode === 'readwrite')
      made.addEventListener('complete', () => {
        const end = performance.now()
        probe.saves.push({ stores: [...made.objectStoreNames].join(' '), ms: end - began, end })
      })
    return made
  }

  // After the frame that shows it: a message posted from a frame's callback is handled once that frame is painted.
  const painted = (done: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', done)
      port1.start()
      port2.postMessage(0)
    })
  let pressed = 0
  addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true)
  addEventListener('input', () => pressed && painted(() => probe.keys.push(performance.now() - pressed)), true)
  addEventListener('click', ({ timeStamp }) => (probe.clicked = timeStamp), true)
  addEventListener('change', ({ target }) => (target as HTMLInputElement).files?.length && (probe.picked = performance.now()), true)
}

/**
 * Resolves with the time when so many elements are there and painted. Pictures count when they are decoded, or when they
 * lie below the screen and wait for being scrolled to, as lazy ones may.
 */
export function whenShown([selector, count]: [string, number]): Promise<number> {
  const shown = (one: Element) =>
    !(one instanceof HTMLImageElement) ||
    (one.complete && one.naturalWidth > 0) ||
    (one.loading === 'lazy' && one.getBoundingClientRect().top > innerHeight)
  return new Promise((resolve) => {
    const look = () => {
      if ([...document.querySelectorAll(selector)].filter(shown).length >= count)
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      else setTimeout(look, 4)
    }
    look()
  })
}
