/** Web Locks of one browser, in memory: what a killed tab held or waited for is given back. */
interface Waiting {
  name: string
  owner: object
  run: () => void
}

export class Locks {
  private readonly held = new Map<string, object>()
  private queue: Waiting[] = []
  private readonly gone = new WeakSet<object>()

  of(owner: object) {
    return {
      request: <T>(name: string, options: unknown, work?: (lock: unknown) => Promise<T>): Promise<T> =>
        new Promise<T>((resolve, reject) => {
          // Code of a killed tab that still runs here asks for nothing in a browser.
          if (this.gone.has(owner)) return
          const job = (work ?? options) as (lock: unknown) => Promise<T>
          const run = () => {
            void Promise.resolve()
              .then(() => job({ name }))
              .then(resolve, reject)
              .finally(() => this.release(name, owner))
          }
          this.queue.push({ name, owner, run })
          this.grant(name)
        }),
      query: () => Promise.resolve({ held: [], pending: [] }),
    }
  }

  /** The tab is gone. */
  drop(owner: object): void {
    this.gone.add(owner)
    this.queue = this.queue.filter((one) => one.owner !== owner)
    for (const [name, holder] of this.held) if (holder === owner) this.release(name, owner)
  }

  private release(name: string, owner: object): void {
    if (this.held.get(name) !== owner) return
    this.held.delete(name)
    this.grant(name)
  }

  private grant(name: string): void {
    if (this.held.has(name)) return
    const i = this.queue.findIndex((one) => one.name === name)
    if (i < 0) return
    const [next] = this.queue.splice(i, 1)
    if (!next) return
    this.held.set(name, next.owner)
    next.run()
  }
}
