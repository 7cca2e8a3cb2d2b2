import { describe, expect, it } from 'vitest'
import { restoreWords, summaryOf, timeWords, whoWords } from '../../../src/features/history/historyWords'
import { linesOf } from '../../../src/features/history/linesOf'
import { sidesOf } from '../../../src/features/history/pieces'
import { technician } from '../../../src/domain/forms/technician'
import type { Change, Moment } from '../../../src/domain/history'
import type { Json } from '../../../src/domain/sync'

const change = (path: string, before: Json, after: Json, when = 0): Change => ({
  path, before, after, by: '', when, written: when, point: { on: 'phone', at: when },
})
const moment = (by: string, ...changes: Change[]): Moment & { kind: 'changes' } => ({
  kind: 'changes', key: '', when: 0, by, changes, point: { on: 'phone', at: 0 },
})
const map = (values: Record<string, Json>) => new Map(Object.entries(values))

describe('when', () => {
  const now = Date.parse('2021-04-20T12:00:00+08:00')
  it.each([
    ['2021-04-20T00:05:00+08:00', '今天 00:05'],
    ['2021-04-19T23:55:00+08:00', '昨天 23:55'],
    ['2021-04-01T09:05:00+08:00', '4月1日 09:05'],
    ['2020-12-31T09:05:00+08:00', '2020年12月31日 09:05'],
  ])('%s: %s', (at, words) => expect(timeWords(Date.parse(at), now)).toBe(words))
})

describe('who', () => {
  it.each([
    ['', '陈志远', '我'],
    ['陈志远', '陈志远', '我'],
    ['周敏', '陈志远', '周敏'],
  ])('%s, seen by %s: %s', (by, me, words) => expect(whoWords(moment(by), me)).toBe(words))

  it('is oneself on another phone as well, and says so', () => {
    expect(whoWords({ ...moment('陈志远'), elsewhere: true }, '陈志远')).toBe('我（在另一台设备上）')
  })
})

describe('what', () => {
  it('is summed up by the fields, each once', () => {
    const changes = ['experience/a/where', 'experience/b', 'name', 'employer', 'education'].map((path) => change(path, null, '一'))
    expect(summaryOf(technician, moment('', ...changes))).toBe('主要经历、姓名、工作单位等 4 项')
  })

  it('of going back is said before it is done', () => {
    const now = map({ name: '陈志远', employer: '甲厂', 'skills/old': null, 'skills/new': { order: 'a1' } })
    const edits = [
      { path: 'name', value: '陈' },
      { path: 'skills/old', value: { order: 'a0' } },
      { path: 'skills/old/content', value: '铣' },
      { path: 'skills/new', value: null },
    ]
    expect(restoreWords(technician, now, edits)).toBe('改回 1 处（姓名）；找回 1 行或照片；撤去之后添加的 1 行或照片')
  })

  it('is listed in the order of the form, a new row as one line with what it holds', () => {
    const changes = [
      change('skills/r/content', null, '铣', 3),
      change('skills/r', null, { order: 'a0' }, 2),
      change('employer', '甲厂', '乙厂', 1),
      change('name', null, '陈', 4),
    ]
    const lines = linesOf(technician, map({}), changes)
    expect(lines.map(({ change: { path } }) => path)).toEqual(['name', 'employer', 'skills/r'])
    expect([...(lines[2]?.cells ?? [])]).toEqual([['skills/r/content', '铣']])
  })
})

describe('the earlier and the later text', () => {
  const text = (pieces: readonly { text: string }[]) => pieces.map((piece) => piece.text).join('')

  it('are whole where they are short', () => {
    const { earlier, later } = sidesOf('无锡精密', '无锡市精密')
    expect([text(earlier), text(later)]).toEqual(['无锡精密', '无锡市精密'])
  })

  it('keep of a long text what stands next to the change', () => {
    const [before, after] = ['甲'.repeat(500), '乙'.repeat(500)]
    const { earlier, later } = sidesOf(`${before}旧${after}`, `${before}新${after}`)
    expect(text(later)).toBe(`……${'甲'.repeat(18)}新${'乙'.repeat(18)}……`)
    expect(text(earlier)).toContain('旧')
  })

  it('has no marks where there is only one', () => {
    expect(sidesOf('', '车工').later).toEqual([{ kind: 'same', text: '车工' }])
  })
})
