/** Kills for real: server and browser, as often as asked, and a table of what survived. */
import { judgeOf, newTally } from './tally'
import { reportOf } from './report'
import { browserRun } from './browser/run'
import { serverRun } from './server/run'

export interface Order {
  /** Runs of each part; every run kills several times. */
  runs: number
  /** Of the first run; the next ones count up. */
  seed: number
  kills: number
  only: 'server' | 'browser' | null
  /** The first of some ports on loopback. */
  port: number
  browser: string
  args: readonly string[]
  say(line: string): void
}

/** Resolves with whether nothing was lost. */
export async function main({ runs, seed, kills, only, port, browser, args, say }: Order): Promise<boolean> {
  const tally = newTally()
  for (let i = 0; i < runs; i++) {
    for (const part of ['server', 'browser'] as const) {
      if (only && only !== part) continue
      const name = `npm run test:crash -- --runs 1 --seed ${seed + i} --only ${part} --kills ${kills}`
      say(name)
      const judge = judgeOf(tally, name)
      try {
        const run = { seed: seed + i, kills, port, judge, say }
        await (part === 'server' ? serverRun(run) : browserRun({ ...run, browser, args }))
      } catch (reason) {
        judge.check('whole', false, () => String(reason instanceof Error ? (reason.stack ?? reason) : reason))
      }
    }
  }
  say(`\n${reportOf(tally)}`)
  return tally.failures.length === 0
}
