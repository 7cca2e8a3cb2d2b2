/** Virtual time: clocks that phones and server read, timers that fire when the scheduler says so. */
export interface Timer {
  id: number
  due: number
  owner: object
  work: () => void
  /** ms; of an interval. */
  every?: number
}

export class Time {
  now = Date.parse('2021-04-20T01:00:00Z')
  private timers: Timer[] = []
  private next = 1

  set(owner: object, work: () => void, ms: number, every?: number): number {
    const id = this.next++
    this.timers.push({ id, due: this.now + Math.max(0, ms), owner, work, ...(every === undefined ? {} : { every }) })
    return id
  }

  clear(id: unknown): void {
    this.timers = this.timers.filter((timer) => timer.id !== id)
  }

  drop(owner: object): void {
    this.timers = this.timers.filter((timer) => timer.owner !== owner)
  }

  /** The next timer that is due within `ms` is taken out; the clock moves to it. Null: the clock moved all the way. */
  advance(ms: number): Timer | null {
    const until = this.now + ms
    const [first] = this.timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due || a.id - b.id)
    if (!first) {
      this.now = until
      return null
    }
    this.now = Math.max(this.now, first.due)
    if (first.every === undefined) this.clear(first.id)
    else first.due = this.now + first.every
    return first
  }

  /** ms until the next timer; null when there is none. */
  untilNext(): number | null {
    return this.timers.length === 0 ? null : Math.max(0, Math.min(...this.timers.map(({ due }) => due)) - this.now)
  }
}

/** A Date whose clock is `clock`. */
export function dateOf(clock: () => number): DateConstructor {
  return class extends Date {
    constructor(...parts: unknown[]) {
      super(...((parts.length === 0 ? [clock()] : parts) as []))
    }
    static override now = clock
  } as unknown as DateConstructor
}
