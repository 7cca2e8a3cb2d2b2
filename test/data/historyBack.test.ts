import { describe, expect, it } from 'vitest'
import { changesOf, editsTowards } from '../../src/domain/history'
import { technician } from '../../src/domain/forms/technician'
import { createDraft } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { fetchHistory, readHistory, restore, valuesAt } from '../../src/data/history'
import { phone } from '../../src/data/phone'
import { readValues } from '../../src/data/read'
import { addRow, removeRow } from '../../src/data/rows'
import { thinOut } from '../../src/data/thinOut'
import { beginDraft, newPhone, phoneOf, sync, view } from './phones'
import { checkpoints, past, timeMachine, type, wait } from './timeMachine'

const here = timeMachine()
async function back(at: number) {
  const { draft } = here
  return restore(draft, editsTowards(technician, await readValues(draft), await valuesAt(draft, { on: 'phone', at })))
}

describe('going back', () => {
  it('brings the whole draft to a moment, as edits that sync and can be taken back', async () => {
    await type(here, 'employer', '甲厂')
    const row = await addRow(here.draft, 'experience', { where: '第一家' })
    await sync()
    wait(here, 100)
    const then = Date.now()
    const before = (await view(here.draft)).answers
    wait(here, 1)
    await type(here, 'employer', '乙厂')
    await removeRow(here.draft, 'experience', row)
    await addRow(here.draft, 'experience', { where: '第二家' })
    await sync()
    const after = (await view(here.draft)).answers
    wait(here, 100)
    const undo = await back(then)
    expect((await view(here.draft)).answers).toEqual(before)
    expect(await checkpoints(here)).toEqual(['restore'])
    await sync()
    expect(here.server.value(here.draft, 'employer')).toBe('甲厂')
    expect(here.server.value(here.draft, `experience/${row}`)).toEqual({ order: 'a0' })
    wait(here, 1)
    await undo()
    expect((await view(here.draft)).answers).toEqual(after)
  })

  it('and forth again: the moment before going back is one as well', async () => {
    await type(here, 'employer', '甲厂')
    const then = Date.now()
    wait(here, 100)
    await type(here, 'employer', '乙厂')
    wait(here, 1)
    await back(then)
    wait(here, 1)
    const [mark] = (await readHistory(here.draft)).checkpoints
    await back(mark?.at ?? 0)
    expect((await readValues(here.draft)).get('employer')).toBe('乙厂')
  })

  it('brings back a deleted row with its cells, on both phones', async () => {
    const row = await addRow(here.draft, 'experience', { where: '第一家' })
    const value = (await readValues(here.draft)).get(`experience/${row}`) ?? null
    await sync()
    await type(here, `experience/${row}/where`, '第一家（改）')
    await removeRow(here.draft, 'experience', row)
    await sync()
    await restore(here.draft, [{ path: `experience/${row}`, value }])
    await sync()
    const two = await phoneOf(here.server)
    await sync(two)
    expect((await view(here.draft)).answers.experience).toMatchObject([{ where: '第一家（改）' }])
  })

  it('I11: brings nothing deleted back unasked, neither by an earlier cell nor on another phone', async () => {
    const row = await addRow(here.draft, 'experience', { where: '第一家' })
    wait(here, 100)
    await type(here, `experience/${row}/where`, '第二家')
    await removeRow(here.draft, 'experience', row)
    await sync()
    await restore(here.draft, [{ path: `experience/${row}/where`, value: '第一家' }])
    await sync()
    expect((await view(here.draft)).answers.experience).toBeUndefined()
    const two = await phoneOf(here.server)
    await sync(two)
    expect((await view(here.draft)).answers.experience).toBeUndefined()
    expect((await readValues(here.draft)).get(`experience/${row}`)).toBeNull()
  })
})

describe('the server’s versions', () => {
  it('tell a new phone what it never saw, and the whole draft as it was', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    wait(here, 100)
    await type(here, 'employer', '乙厂')
    await type(here, 'name', '陈')
    await sync()
    const two = await phoneOf(here.server)
    await sync(two)
    here.server.page = 2
    const { standings } = await readHistory(here.draft)
    expect(standings.map(({ value }) => value)).not.toContain('甲厂')
    const first = await fetchHistory(here.draft)
    const rest = await fetchHistory(here.draft, first.versions.at(-1)?.version)
    expect([first.more, rest.more]).toEqual([true, false])
    const changes = changesOf(standings, [...first.versions, ...rest.versions], 0)
    expect(changes.filter(({ path }) => path === 'employer')).toMatchObject([
      { before: '甲厂', after: '乙厂' },
      { before: null, after: '甲厂', point: { on: 'server', version: 2 } },
    ])
    expect(Object.fromEntries(await valuesAt(here.draft, { on: 'server', version: 2 }))).toMatchObject({ employer: '甲厂' })
    expect((await valuesAt(here.draft, { on: 'server', version: 2 })).has('name')).toBe(false)
  })

  it('are those of this phone where it wrote them itself: each change is told once', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    wait(here, 100)
    await type(here, 'employer', '乙厂')
    await sync()
    const changes = changesOf((await readHistory(here.draft)).standings, (await fetchHistory(here.draft)).versions, 0)
    expect(changes.filter(({ path }) => path === 'employer').map(({ after }) => after)).toEqual(['乙厂', '甲厂'])
  })

  it('fault 12: are missing without a network, and the phone’s are enough', async () => {
    await type(here, 'employer', '甲厂')
    here.server.lose('history', 'request')
    await expect(fetchHistory(here.draft)).rejects.toMatchObject({ name: 'Unreachable' })
    expect(await past(here, 'employer')).toEqual(['甲厂'])
  })

  const nonsense = [{}, { versions: 'all' }, { versions: [null] }, { versions: [{ path: 'name' }] }, null]
  it.each(nonsense)('as nonsense (%j) are a failure', async (page) => {
    here.one.wire.history = () => Promise.resolve(page as never)
    await expect(fetchHistory(here.draft)).rejects.toMatchObject({ name: 'Unreachable' })
  })

  it('that never end don’t keep a phone asking for ever', async () => {
    let asked = 0
    const register = { path: 'name', value: '陈', version: 3, by: '', at: '2021-04-20T01:00:00Z' }
    here.one.wire.history = () => Promise.resolve({ versions: [register], more: ++asked < 1000 })
    await valuesAt(here.draft, { on: 'server', version: 9 })
    expect(asked).toBeLessThan(3)
  })
})

describe('at most 2,000 earlier values', () => {
  /** Values that stood two minutes each. */
  async function many(paths: string[], count: number) {
    const { db } = phone()
    await db.versions.bulkAdd(
      Array.from({ length: count }, (_, i) => ({
        draft: here.draft, path: paths[i % paths.length] ?? '', version: 0, since: i * 1000, until: (i + paths.length) * 1000,
        payload: { value: `value ${i}`, by: '', at: new Date(i * 1000).toISOString() },
      })),
    )
  }

  it('stay, also with a guest; the oldest go first', async () => {
    newPhone(here.server)
    here.draft = await beginDraft()
    await many(['employer'], 2000)
    await drain()
    expect(await phone().db.versions.count()).toBe(2000)
    await many(['employer'], 1)
    await drain()
    expect(await phone().db.versions.count()).toBeLessThan(2000)
    expect(await past(here, 'employer')).not.toContain('value 1')
    expect(await past(here, 'employer')).toContain('value 1999')
  })

  it('but for what stood at a checkpoint, and what follows fills the gap', async () => {
    await many(['employer', 'education'], 100)
    await type(here, 'employer', 'now')
    const { db } = phone()
    await db.checkpoints.add({ draft: here.draft, at: 10_500, why: 'copy' })
    const then = await valuesAt(here.draft, { on: 'phone', at: 10_500 })
    await thinOut(db, here.draft, 20)
    expect(await db.versions.count()).toBe(20)
    expect(await valuesAt(here.draft, { on: 'phone', at: 10_500 })).toEqual(then)
    const between = await valuesAt(here.draft, { on: 'phone', at: 50_000 })
    expect([...between.keys()].sort()).toEqual(['education', 'employer'])
  })

  it('where even checkpoints have too much, the oldest of those goes', async () => {
    await many(['employer'], 100)
    const { db } = phone()
    await db.checkpoints.bulkAdd(Array.from({ length: 100 }, (_, i) => ({ draft: here.draft, at: i * 1000 + 500, why: 'restore' as const })))
    await thinOut(db, here.draft, 20)
    expect(await db.versions.count()).toBe(20)
    expect((await readHistory(here.draft)).checkpoints[0]?.at).toBe(80_500)
    expect(await past(here, 'employer')).toContain('value 99')
  })

  it('of one draft: another one’s stay', async () => {
    await many(['employer'], 100)
    const other = here.draft
    here.draft = await createDraft('technician', '2021')
    await many(['employer'], 100)
    await thinOut(phone().db, here.draft, 10)
    expect(await phone().db.versions.where('draft').equals(other).count()).toBe(100)
  })
})
