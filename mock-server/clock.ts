/** Milliseconds since 1970. */
export type Clock = () => number

export interface Time {
  /** The clock as it is: sessions, codes and the choice of the call follow it. */
  clock: Clock
  /** Business time: the clock, moved by the demonstration page. */
  now: Clock
  /** Like `now`, but never earlier than an arrival before: a clock that is set back can't disorder submissions. */
  arrival: Clock
  /** Demonstration: it is `ms` now, and time goes on from there; null: the clock's own time again. */
  moveTo(ms: number | null): void
  moved(): boolean
}

export function timeFrom(clock: Clock): Time {
  let offset = 0
  let latest = -Infinity
  const now = () => clock() + offset
  return {
    clock,
    now,
    arrival: () => (latest = Math.max(latest, now())),
    moveTo: (ms) => {
      offset = ms === null ? 0 : ms - clock()
      latest = -Infinity
    },
    moved: () => offset !== 0,
  }
}

/** A clock that shows `start` now and ticks on; without a start, the machine's. `--now` uses it. */
export function clockFrom(start: number | null, machine: Clock = Date.now): Clock {
  if (start === null) return machine
  const ahead = start - machine()
  return () => machine() + ahead
}

/** Beijing's time with its offset, e.g. `2021-04-25T23:59:59+08:00`. */
export function beijingInstant(ms: number): string {
  return `${new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
