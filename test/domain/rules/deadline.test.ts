import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { isOnTime, timeLeft } from '../../../src/domain/rules/deadline'

describe('the closing instant of 25 April 2021, 24:00', () => {
  it.each([
    [1_619_366_399_999, true],
    [1_619_366_400_000, false],
    [1_619_366_400_001, false],
    [Date.parse('2021-04-25T23:59:59.999+08:00'), true],
    [Date.parse('2021-04-26T00:00:00+08:00'), false],
    [Date.parse('2021-04-25T15:59:59Z'), true],
    [Date.parse('2021-04-25T16:00:00Z'), false],
  ])('what arrives at %i is on time: %s', (ms, onTime) => {
    expect(isOnTime(ms, call2021)).toBe(onTime)
  })
})

describe('the time left', () => {
  it.each([
    ['2021-04-22T19:30:00+08:00', '还有 3 天 4 小时'],
    ['2021-04-23T00:00:00+08:00', '还有 3 天'],
    ['2021-04-24T23:59:59+08:00', '还有 1 天'],
    ['2021-04-25T00:00:01+08:00', '还有 23 小时 59 分钟'],
    ['2021-04-25T22:00:00+08:00', '还有 2 小时'],
    ['2021-04-25T23:39:30+08:00', '还有 20 分钟'],
    ['2021-04-25T23:59:30+08:00', '还有不到 1 分钟'],
    ['2021-04-26T00:00:00+08:00', '已经截止'],
    ['2021-05-26T00:00:00+08:00', '已经截止'],
  ])('at %s: %s', (at, words) => {
    expect(timeLeft(Date.parse(at), call2021).words).toBe(words)
  })

  it('comes in parts', () => {
    const left = timeLeft(Date.parse('2021-04-22T19:29:00+08:00'), call2021)
    expect(left).toMatchObject({ over: false, days: 3, hours: 4, minutes: 31 })
    expect(timeLeft(1_619_366_400_000, call2021)).toMatchObject({ over: true, days: 0, hours: 0, minutes: 0 })
  })
})
