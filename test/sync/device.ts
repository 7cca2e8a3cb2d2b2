/** A phone: its browser's databases, small storage, locks and clock, and the tabs that are open. */
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import type { Account } from '../../src/domain/api'
import type * as Client from './client'
import { Locks } from './locks'
import type { Network } from './network'
import type { Random } from './random'
import { Tab, type Connection } from './tab'
import type { Time } from './time'

export class Device {
  readonly locks = new Locks()
  tabs: Tab[] = []
  /** The tables of a phone went back in time, or away: this one may by chance have bytes of what was given up there. */
  emptied = false
  /** The session cookie of its browser. */
  session: Account | null = null
  /** ms that its clock is ahead of the true time. */
  skew = 0
  /** Every write is refused: the disk is full. */
  full = false
  /** Nothing goes through in this direction. */
  partition: { out: boolean; back: boolean } = { out: false, back: false }
  databases = new IDBFactory()
  storage = new Map<string, string>()

  constructor(
    readonly name: string,
    readonly time: Time,
    readonly random: Random,
    readonly network: Network,
    private readonly run: (env: object) => typeof Client,
  ) {}

  clock(): number {
    return this.time.now + this.skew
  }

  open(): Tab {
    const tab = new Tab(this, this.run)
    this.tabs.push(tab)
    return tab
  }

  /** Pages that died by themselves are swept out. */
  alive(): Tab[] {
    this.tabs = this.tabs.filter(({ dead }) => !dead)
    return this.tabs
  }

  kill(): void {
    for (const tab of this.tabs) tab.kill()
    this.tabs = []
  }

  databaseFor(tab: Tab) {
    const { databases } = this
    return {
      open(name: string, version?: number) {
        tab.step()
        const request = databases.open(name, version)
        const instrument = () => {
          const db = request.result as Connection
          if (db.tab) return
          db.tab = tab
          const transaction = db.transaction.bind(db)
          db.transaction = (...args: Parameters<typeof transaction>) => {
            tab.step()
            return transaction(...args)
          }
        }
        request.addEventListener('upgradeneeded', instrument)
        request.addEventListener('success', instrument)
        return request
      },
      deleteDatabase: (name: string) => databases.deleteDatabase(name),
      databases: () => databases.databases(),
      cmp: (a: unknown, b: unknown) => databases.cmp(a, b),
    }
  }

  storageFor(tab: Tab) {
    const { storage } = this
    return {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (tab.dead) return
        // As in a browser, nobody is told of a value that was there already.
        if (storage.get(key) === String(value)) return
        storage.set(key, String(value))
        for (const other of this.tabs) if (other !== tab) other.dispatch('storage', { key, newValue: String(value) })
      },
      removeItem: (key: string) => storage.delete(key),
    }
  }
}

/** Once per process: a full disk refuses what would be written. */
export function refuseOnFullDisks(): void {
  for (const name of ['put', 'add'] as const) {
    const original = IDBObjectStore.prototype[name] as (...args: unknown[]) => unknown
    IDBObjectStore.prototype[name] = function (this: { transaction: { db: Connection } }, ...args: unknown[]) {
      if (this.transaction.db.tab?.device.full) throw new DOMException('The disk is full', 'QuotaExceededError')
      return original.apply(this, args)
    } as never
  }
}
