/** One open page of a phone: the real client code, evaluated afresh, in an environment that the scheduler controls. */
import { IDBKeyRange } from 'fake-indexeddb'
import type * as Client from './client'
import type { Device } from './device'
import { counted } from './idle'
import { dateOf } from './time'
import { xhrOf } from './xhr'

export class Tab {
  dead = false
  /** Database transactions until it is killed. */
  stepsLeft = Infinity
  /** The same, counted from the next answer on: what a page does with an answer is what a kill tears apart. */
  stepsFromAnswer: number | null = null
  readonly client: typeof Client
  /** What its code threw where nobody caught it. */
  private readonly listeners = new Map<string, Set<(event: object) => void>>()

  constructor(
    readonly device: Device,
    run: (env: object) => typeof Client,
  ) {
    this.client = run(this.environment())
  }

  setTimeout(work: () => void, ms = 0): number {
    return this.dead ? 0 : this.device.time.set(this, work, ms)
  }
  clearTimeout(id: unknown): void {
    this.device.time.clear(id)
  }

  /** Tells its page that something happened, e.g. `online`. */
  dispatch(type: string, event: object = {}): void {
    if (!this.dead) this.listeners.get(type)?.forEach((listener) => listener(event))
  }

  kill(): void {
    if (this.dead) return
    this.dead = true
    this.device.time.drop(this)
    this.device.locks.drop(this)
    this.device.network.drop(this)
    this.listeners.clear()
  }

  /** An answer of the server's is handed to its page. */
  answered(): void {
    this.stepsLeft = this.stepsFromAnswer ?? this.stepsLeft
    this.stepsFromAnswer = null
  }

  /** Before every database transaction: from its end on nothing of this page has an effect. */
  step(): void {
    if (!this.dead && this.stepsLeft-- <= 0) this.kill()
    if (this.dead) throw new DOMException('The page is gone', 'InvalidStateError')
  }

  private environment(): object {
    const { device } = this
    const add = (type: string, listener: (event: object) => void) => {
      const found = this.listeners.get(type) ?? new Set()
      this.listeners.set(type, found.add(listener))
    }
    const remove = (type: string, listener: (event: object) => void) => this.listeners.get(type)?.delete(listener)
    const env = withGlobals({
      window: undefined,
      BroadcastChannel: undefined,
      caches: undefined,
      fetch: undefined,
      location: { href: 'https://localhost/', hostname: 'localhost' },
      document: { addEventListener: add, removeEventListener: remove, visibilityState: 'visible' },
      navigator: { locks: device.locks.of(this), onLine: true, userAgent: '' },
      crypto: {
        randomUUID: () => device.random.uuid(),
        getRandomValues: <T extends Uint8Array>(into: T) => into.map(() => device.random.whole(0, 255)),
        subtle: { digest: (name: string, bytes: ArrayBuffer) => counted(crypto.subtle.digest(name, bytes)) },
      },
      random: () => device.random.next(),
      indexedDB: device.databaseFor(this),
      IDBKeyRange,
      localStorage: device.storageFor(this),
      Date: dateOf(() => device.clock()),
      Promise,
      setTimeout: (work: () => void, ms?: number) => this.setTimeout(work, ms),
      clearTimeout: (id: unknown) => this.clearTimeout(id),
      setInterval: (work: () => void, ms: number) => (this.dead ? 0 : device.time.set(this, work, ms, ms)),
      clearInterval: (id: unknown) => this.clearTimeout(id),
      addEventListener: add,
      removeEventListener: remove,
      XMLHttpRequest: xhrOf(device.network, this),
      console: Object.fromEntries(['log', 'info', 'warn', 'error', 'debug', 'trace'].map((name) => [name, () => undefined])),
    })
    for (const name of ['globalThis', 'self']) Object.defineProperty(env, name, { value: env })
    return env
  }
}

/** An object with these properties that has all other globals as well. */
function withGlobals(own: Record<string, unknown>): Record<string, unknown> {
  const env = Object.create(globalThis) as Record<string, unknown>
  for (const [name, value] of Object.entries(own)) Object.defineProperty(env, name, { value, writable: true, configurable: true })
  return env
}

export type Connection = IDBDatabase & { tab?: Tab }
