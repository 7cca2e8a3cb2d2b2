/** What was looked at, what was lost, and how to see it again. */

/** Every check by the fault that it is about. */
export const titles = {
  textKept: 'fault 1: text under 已存本机 survives a tab or browser killed while typing',
  sentLater: 'fault 2: killed between save and push, it is sent later',
  verdicts: 'fault 3: killed after the push and before the answer, it is applied once',
  uploads: 'fault 4: an upload goes on from its offset, and what was confirmed keeps its bytes',
  photosKept: 'fault 4: a photo that was shown survives with readable bytes and arrives once',
  durable: 'fault 26: only strictly durable writes count as saved (phone and database)',
  whole: 'fault 31: kill -9 in a transaction leaves all or nothing',
  receipts: 'fault 31: a receipt that was given still verifies, its submission exists once',
  firstStart: 'fault 31: a first start that was killed is finished by the next one',
  away: 'fault 32: while the database is away the answer is 503 with Retry-After, and the server lives',
  refused: 'fault 36: a second process on the same folder is refused',
} as const
export type Check = keyof typeof titles

export interface Failure {
  check: Check
  where: string
  detail: string
}

export interface Tally {
  /** What was counted per check. */
  counts: Map<Check, { checked: number; lost: number }>
  failures: Failure[]
  /** Kind of kill → ms until the first answer afterwards, one per kill. */
  recoveries: Map<string, number[]>
  /** Other measured values: name → values. */
  figures: Map<string, number[]>
}

export function newTally(): Tally {
  return { counts: new Map(), failures: [], recoveries: new Map(), figures: new Map() }
}

/** One run's hand on the tally: it knows where it stands. */
export interface Judge {
  /** Names the step from now on. */
  at(step: string): void
  /** Counts one item; a lost one is kept with the place where it happened. */
  check(check: Check, holds: boolean, detail: () => string): void
  recovered(kind: string, ms: number): void
  figure(name: string, value: number): void
}

export function judgeOf(tally: Tally, run: string): Judge {
  let step = 'start'
  return {
    at: (next) => (step = next),
    check(check, holds, detail) {
      const count = tally.counts.get(check) ?? { checked: 0, lost: 0 }
      tally.counts.set(check, { checked: count.checked + 1, lost: count.lost + (holds ? 0 : 1) })
      if (!holds) tally.failures.push({ check, where: `${run}, ${step}`, detail: detail() })
    },
    recovered: (kind, ms) => tally.recoveries.set(kind, [...(tally.recoveries.get(kind) ?? []), ms]),
    figure: (name, value) => tally.figures.set(name, [...(tally.figures.get(name) ?? []), value]),
  }
}
