import { describe, expect, it } from 'vitest'
import { changesOf, editsTowards, momentsOf, standingAt, type Standing } from '../../src/domain/history'
import { technician } from '../../src/domain/forms/technician'
import type { Json, Register } from '../../src/domain/sync'

const minute = 60_000
const standing = (path: string, value: Json, since: number, until = Infinity, more: Partial<Standing> = {}): Standing => ({
  path, value, by: '陈志远', at: since, since, until, elsewhere: false, version: 0, ...more,
})
const served = (path: string, value: Json, version: number, at: number, by = '陈志远'): Register => ({
  path, value, version, by, at: new Date(at).toISOString(),
})

describe('what stood at an instant', () => {
  const all = [
    standing('name', '陈', 1000, 2000),
    standing('name', '陈志远', 5000),
    standing('employer', '甲厂', 3000),
    standing('skills/r', { order: 'a0' }, 1000, 4000),
    standing('skills/r/content', '铣', 1000, 1500),
  ]
  it.each<[number, Record<string, Json>]>([
    [500, {}],
    [1000, { name: '陈', 'skills/r': { order: 'a0' }, 'skills/r/content': '铣' }],
    // Between two values somebody was typing; the register of a row that is gone holds nothing after its end.
    [3000, { name: '陈', employer: '甲厂', 'skills/r': { order: 'a0' } }],
    [4000, { name: '陈', employer: '甲厂' }],
    [9000, { name: '陈志远', employer: '甲厂' }],
  ])('%i', (at, expected) => expect(Object.fromEntries(standingAt(all, at))).toEqual(expected))
})

describe('the list of changes', () => {
  it('shows the earlier and the later value, and nothing where they are the same', () => {
    const all = [standing('name', '陈', 0, 1000), standing('name', '陈', 1000, 2000), standing('name', '陈志远', 2000)]
    expect(changesOf(all, [], 0)).toMatchObject([
      { path: 'name', before: '陈', after: '陈志远', when: 2000 },
      { path: 'name', before: null, after: '陈' },
    ])
  })

  it('adds what only the server knows, each value once, by the phone’s clock', () => {
    const here = [standing('name', '陈志远', 10 * minute, Infinity, { version: 3 })]
    const there = [served('name', '陈', 2, 65 * minute), served('name', '陈志远', 3, 71 * minute)]
    expect(changesOf(here, there, 60 * minute)).toMatchObject([
      { before: '陈', after: '陈志远', when: 10 * minute },
      { before: null, after: '陈', when: 5 * minute, point: { on: 'server', version: 2 } },
    ])
  })

  it('tells a change from elsewhere at the time when it came, and also when it was made', () => {
    const all = [
      standing('name', '陈', 0, 20 * minute),
      standing('name', '陈志远', 20 * minute, Infinity, { at: 5 * minute, by: '周敏', elsewhere: true, version: 4 }),
    ]
    expect(changesOf(all, [], 0)[0]).toMatchObject({ by: '周敏', when: 20 * minute, written: 5 * minute })
  })

  it('of a draft that was fetched from the server has the times of the server', () => {
    const all = [standing('name', '陈', 50 * minute, Infinity, { at: 5 * minute, elsewhere: true, version: 2 })]
    expect(changesOf(all, [], 0)).toMatchObject([{ when: 5 * minute, point: { on: 'server', version: 2 } }])
  })

  it('is told by person and ten minutes, parted by checkpoints', () => {
    const all = [
      standing('name', '陈', 0),
      standing('education', '大专', 9 * minute),
      standing('employer', '甲厂', 11 * minute),
      standing('trade', '车工', 12 * minute, Infinity, { by: '周敏' }),
    ]
    const moments = momentsOf(changesOf(all, [], 0), [{ at: 10 * minute, why: 'copy' }])
    expect(moments.map((one) => (one.kind === 'checkpoint' ? one.why : one.changes.map(({ path }) => path)))).toEqual([
      ['trade'],
      ['employer'],
      'copy',
      ['education', 'name'],
    ])
    expect(moments.at(-1)?.point).toEqual({ on: 'phone', at: 9 * minute })
  })
})

describe('the way to an earlier state', () => {
  const edits = (now: Record<string, Json>, then: Record<string, Json>) =>
    editsTowards(technician, new Map(Object.entries(now)), new Map(Object.entries(then)))

  it('changes, empties and fills single answers', () => {
    expect(edits({ name: '陈志远', employer: '甲厂', education: '大专' }, { name: '陈', education: '大专', idNumber: '1101' })).toEqual([
      { path: 'name', value: '陈' },
      { path: 'employer', value: null },
      { path: 'idNumber', value: '1101' },
    ])
  })

  it('takes rows away that came later, without touching their cells, and brings back rows with theirs', () => {
    const now = { 'skills/new': { order: 'a1' }, 'skills/new/content': '磨', 'skills/old': null, 'skills/old/content': '铣' }
    expect(edits(now, { 'skills/old': { order: 'a0' }, 'skills/old/content': '车' })).toEqual([
      { path: 'skills/new', value: null },
      { path: 'skills/old', value: { order: 'a0' } },
      { path: 'skills/old/content', value: '车' },
    ])
  })

  it('I11: leaves a row deleted that was deleted then', () => {
    expect(edits({ 'skills/r': null, 'skills/r/content': '铣' }, { 'skills/r': null, 'skills/r/content': '车' })).toEqual([])
  })

  it('leaves the consent, the print and what a later form has', () => {
    const now = { $draft: { formVersion: 2 }, $consent: { version: '1' }, $print: { code: 'A' }, $title: '新', brandNew: 1 }
    expect(edits(now, { $draft: { formVersion: 1 }, $title: '旧', brandNew: 2 })).toEqual([{ path: '$title', value: '旧' }])
  })
})
