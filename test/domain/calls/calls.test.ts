import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callAt, callById } from '../../../src/domain/calls'
import { call2021 } from '../../../src/domain/calls/2021'
import { demonstrationCall } from '../../../src/domain/calls/demonstration'
import { beijingDay } from '../../../src/domain/rules/dates'
import { isOnTime } from '../../../src/domain/rules/deadline'

const MINUTE = 60_000
const demo = (at: string) => demonstrationCall(call2021, Date.parse(at))

describe('the notice of 2021', () => {
  it('closes at the end of its closing day', () => {
    expect(Date.parse(call2021.closesAt)).toBe(1_619_366_400_000)
    expect(beijingDay(Date.parse(call2021.closesAt) - 1)).toBe(call2021.closingDay)
  })

  it('pays a studio 50,000 yuan in two parts and a technician 10,000', () => {
    expect(call2021.amounts.studioUnit + call2021.amounts.studioLeader).toBe(50_000)
    expect(call2021.amounts.technician).toBe(10_000)
  })
})

describe('the demonstration call', () => {
  it.each([
    ['2026-11-22T09:00:00+08:00', '2026-12-25'],
    ['2026-11-15T23:59:59+08:00', '2026-11-25'],
    ['2026-11-16T00:00:00+08:00', '2026-12-25'],
    ['2026-12-31T12:00:00+08:00', '2027-01-25'],
    ['2027-01-16T00:00:00+08:00', '2027-02-25'],
    ['2027-01-31T12:00:00+08:00', '2027-02-25'],
    ['2028-02-15T12:00:00+08:00', '2028-02-25'],
    ['2028-02-16T12:00:00+08:00', '2028-03-25'],
    // 16 November in Beijing, still the 15th in London.
    ['2026-11-15T16:00:00Z', '2026-12-25'],
  ])('at %s closes on %s', (at, closingDay) => {
    expect(demo(at).closingDay).toBe(closingDay)
  })

  it('says what it is and moves every date by the same days', () => {
    expect(demo('2026-11-22T09:00:00+08:00')).toEqual({
      ...call2021,
      id: 'demo-2026-12',
      title: expect.stringContaining('演示批次') as string,
      demonstration: true,
      opensAt: '2026-11-15T00:00:00+08:00',
      closesAt: '2026-12-26T00:00:00+08:00',
      closingDay: '2026-12-25',
      reviews: { district: '2027-01-09', centre: '2027-01-19', city: '2027-01-29', panel: '2027-03-01' },
      recentSince: '2021-01-01',
    })
  })

  it('is open at every minute of any year, with ten whole days left', () => {
    const start = Date.parse('2026-01-01T00:00:00Z') / MINUTE
    fc.assert(
      fc.property(fc.integer({ min: start, max: start + 12 * 366 * 1440 }), (minute) => {
        const now = minute * MINUTE
        const call = demonstrationCall(call2021, now)
        expect(Date.parse(call.opensAt)).toBeLessThanOrEqual(now)
        expect(isOnTime(now + 10 * 86_400_000, call)).toBe(true)
        expect(callById(call.id)).toEqual(call)
      }),
      { numRuns: 500 },
    )
  })

  it('is open in the first and the last minute of every day of four years', () => {
    for (let day = Date.parse('2027-01-01T00:00:00+08:00'); day < Date.parse('2031-01-01T00:00:00+08:00'); day += 86_400_000)
      for (const now of [day, day + 86_400_000 - 1]) {
        const call = demonstrationCall(call2021, now)
        expect(now >= Date.parse(call.opensAt) && isOnTime(now, call)).toBe(true)
      }
  })

  it('keeps its id from the 16th of one month to the 15th of the next', () => {
    const ids = new Set<string>()
    for (let at = Date.parse('2026-11-16T00:00:00+08:00'); at < Date.parse('2026-12-16T00:00:00+08:00'); at += 7 * MINUTE)
      ids.add(demonstrationCall(call2021, at).id)
    expect([...ids]).toEqual(['demo-2026-12'])
  })
})

describe('finding a call', () => {
  it('a clock that was set means the notice itself, open or not', () => {
    for (const at of ['2021-04-20T09:00:00+08:00', '2021-04-26T00:00:00+08:00', '2026-11-22T09:00:00+08:00'])
      expect(callAt(Date.parse(at), { fixedClock: true })).toBe(call2021)
    expect(callAt(Date.parse('2026-11-22T09:00:00+08:00'), { fixedClock: false }).id).toBe('demo-2026-12')
  })

  it('an old draft finds its own', () => {
    expect(callById('2021')).toBe(call2021)
    expect(callById('demo-2026-02')?.closingDay).toBe('2026-02-25')
  })

  it.each([[''], ['2022'], ['demo-2026-13'], ['demo-2026-00'], ['demo-0001-01'], ['demo-2026-1'], [' demo-2026-01'], ['__proto__'], ['toString']])(
    'there is none of id %j',
    (id) => {
      expect(callById(id)).toBeNull()
    },
  )
})
