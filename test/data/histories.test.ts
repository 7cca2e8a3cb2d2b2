import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { readValues } from '../../src/data/read'
import { consent } from '../../src/data/drafts'
import { sameValue, type Json } from '../../src/domain/sync'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, outbox, phoneOf, reopen, sync, take, type Phone } from './phones'

const answers = ['employer', 'name', 'idNumber', 'experience/r1/where', 'experience/r2/where']
type Step =
  | { do: 'edit'; who: number; path: string; value: string }
  | { do: 'row'; who: number; row: string; value: { order: string } | null }
  | { do: 'sync'; who: number; loss: 'none' | 'push request' | 'push answer' | 'pull answer'; typed: string | null }
  | { do: 'kill'; who: number }
  | { do: 'consent'; who: number }

const who = fc.constantFrom(0, 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who,
      path: fc.constantFrom(...answers),
      value: fc.constantFrom('甲', '乙', '丙', ''),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('row' as const),
      who,
      row: fc.constantFrom('r1', 'r2'),
      value: fc.constantFrom({ order: 'a0' }, { order: 'a1' }, null),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      who,
      loss: fc.constantFrom('none' as const, 'push request' as const, 'push answer' as const, 'pull answer' as const),
      typed: fc.option(fc.constantFrom('丁', '戊')),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('consent' as const), who }) },
)

async function run(server: FakeServer, draft: string, one: Step, phones: Phone[]): Promise<void> {
  const hand = phones[one.who]
  if (hand) take(hand)
  if (one.do === 'edit') return edit(draft, one.path, one.value)
  if (one.do === 'row') return edit(draft, `experience/${one.row}`, one.value as Json)
  if (one.do === 'kill') return reopen()
  if (one.do === 'consent') return consent(draft, '2021-1')
  const [call, side] = one.loss.split(' ') as ['push' | 'pull', 'request' | 'answer']
  if (side) server.lose(call, side)
  const { typed } = one
  if (typed) server.meanwhile.push = () => edit(draft, 'employer', typed)
  await drain()
  server.meanwhile = {}
  server.heal()
}

it('whatever two phones do on a bad network, at rest they equal the server and nothing waits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const server = new FakeServer()
      const first = await phoneOf(server)
      const draft = await beginDraft()
      await sync()
      const phones = [first, await phoneOf(server)]
      await sync()
      for (const one of steps) await run(server, draft, one, phones)
      take(first)
      await consent(draft, '2021-1')
      for (const one of [0, 1, 0, 1]) await sync(phones[one])
      for (const one of phones) {
        take(one)
        expect((await outbox()).filter(({ state }) => state !== 'parked')).toEqual([])
        // Edits in rows that were deleted here stay here, until the row comes back.
        const parked = new Set((await outbox()).map(({ path }) => path))
        const here = [...(await readValues(draft))].filter(([path]) => !parked.has(path))
        const served = server.drafts.get(draft)
        const differing = here.filter(([path, value]) => !sameValue(served?.registers.get(path)?.value, value))
        expect(differing).toEqual([])
        expect(here.map(([path]) => path).sort()).toEqual([...(served?.registers.keys() ?? [])].filter((path) => !parked.has(path)).sort())
        expect(await phone().db.conflicts.count()).toBe(served?.conflicts.length)
      }
    }),
    { seed: 20210420, numRuns: 25 },
  )
}, 120_000)
