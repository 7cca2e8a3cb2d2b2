import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mutants } from './mutants'
import { bundled, databases, runProcess } from './runner'

/** Always the same ones; `npm run test:deep` runs as many others as wanted. */
const SEEDS = 300
const PORTION = 50

let db: Awaited<ReturnType<typeof databases>>
let folder = ''
const urls: string[] = []

beforeAll(async () => {
  db = await databases()
  folder = await bundled()
  for (let i = 0; i < Math.min(2, availableParallelism()); i++) urls.push(await db.make())
})
afterAll(() => db.stop())

describe('the real phones and the real server, killed, cut off, restored and set back between any two steps', () => {
  const portions = Array.from({ length: SEEDS / PORTION / 2 }, (_, i) => 1 + i * PORTION * 2)
  it.each(portions)(`keep every invariant in ${2 * PORTION} histories from seed %i on`, async (from) => {
    const results = await Promise.all(
      [0, 1].map((half) => runProcess(folder, urls[half % urls.length] as string, { from: from + half * PORTION, count: PORTION })),
    )
    expect(results.flatMap(({ found }) => found.map(({ seed, fault }) => `seed ${seed}: ${fault}`))).toEqual([])
    expect(results.map(({ ran }) => ran)).toEqual([PORTION, PORTION])
  })

  // A simulator that finds nothing could be one that looks at nothing.
  it('are seen to break them with a bug planted', async () => {
    const mutant = mutants.find(({ name }) => name === 'the last one wins')
    const { found } = await runProcess(await bundled(mutant), await db.make(), { from: 1, count: 100, first: true })
    expect(found).toHaveLength(1)
  })
})
