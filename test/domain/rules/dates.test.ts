import { describe, expect, it } from 'vitest'
import { addDays, addYears, beijingDay, beijingTime, fullYears, isRealDate } from '../../../src/domain/rules/dates'

describe('a day', () => {
  it.each([
    ['2021-02-28', true],
    ['2021-02-29', false],
    ['2020-02-29', true],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2021-04-31', false],
    ['2021-13-01', false],
    ['2021-00-10', false],
    ['2021-01-00', false],
    ['0050-01-01', false],
    ['2021-1-1', false],
    ['２０２１-01-01', false],
    [' 2021-01-01', false],
    ['', false],
  ])('%j exists: %s', (day, exists) => {
    expect(isRealDate(day)).toBe(exists)
  })
})

describe('full years', () => {
  it.each([
    ['1966-04-24', 55],
    ['1966-04-25', 55],
    ['1966-04-26', 54],
    ['1966-12-31', 54],
    ['1966-01-01', 55],
  ])('born on %s: %i on 2021-04-25', (born, years) => {
    expect(fullYears(born, '2021-04-25')).toBe(years)
  })

  it('of somebody born on 29 February grow on 1 March of common years', () => {
    expect(fullYears('1966-02-28', '2021-02-28')).toBe(55)
    expect(fullYears('1964-02-29', '2021-02-28')).toBe(56)
    expect(fullYears('1964-02-29', '2021-03-01')).toBe(57)
    expect(fullYears('1964-02-29', '2020-02-29')).toBe(56)
  })
})

describe('moving a day', () => {
  it.each([
    ['2020-02-29', -1, '2019-02-28'],
    ['2020-02-29', 4, '2024-02-29'],
    ['2021-04-25', -55, '1966-04-25'],
  ])('%s by %i years is %s', (day, years, moved) => {
    expect(addYears(day, years)).toBe(moved)
  })

  it('crosses months and years', () => {
    expect(addDays('2020-12-31', 1)).toBe('2021-01-01')
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
  })
})

it('Beijing begins its day at 16:00 UTC, in summer too', () => {
  expect(beijingDay(Date.parse('2021-04-25T15:59:59.999Z'))).toBe('2021-04-25')
  expect(beijingDay(Date.parse('2021-04-25T16:00:00Z'))).toBe('2021-04-26')
  expect(beijingTime(Date.parse('2021-07-01T06:05:09Z'))).toBe('2021-07-01 14:05:09')
})
