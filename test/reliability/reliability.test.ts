/** A short run of what scripts/reliability.mjs does at length. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFine, median } from './main'
import { runPartitions } from './partitions'
import { measureResent } from './resent'
import { startServer, type RunningServer } from './server'

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server.stop())

it('fault 19: a line that is cut ten times in a file brings it over, with little sent twice', { timeout: 60_000 }, async () => {
  const run = { files: 2, cuts: 10, seed: 1, sizes: [500_000, 700_000] as const, line: { rate: Infinity, latency: 0 }, atOnce: 2 }
  const files = await measureResent(server, run)
  expect(files.map(({ cuts, wrong }) => ({ cuts, wrong }))).toEqual(files.map(() => ({ cuts: 10, wrong: false })))
  // Two files say no figure; whole chunks sent again would be far above this.
  expect(median(files.map(({ again }) => again))).toBeLessThanOrEqual(0.2)
})

it('faults 12 to 20: whatever the line did, the queue empties within 30 s of its healing', { timeout: 90_000 }, async () => {
  const rounds = await runPartitions(server, { rounds: 2, seed: 3, lasts: 1500, photos: 2, atOnce: 2 })
  expect(rounds.filter((round) => !isFine(round))).toEqual([])
})
