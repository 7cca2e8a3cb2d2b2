import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { birthDateOf, idNumberFault, sexOf } from '../../../src/domain/rules/idNumber'
import { idNumber } from '../../support/identity'

describe('an identity number', () => {
  it.each([
    ['11010519491231002X', null],
    ['11010519491231002x', null],
    ['440524188001010014', null],
    ['', 'length'],
    ['11010519491231002', 'length'],
    ['11010519491231002XX', 'length'],
    ['110105491231002', 'length'],
    ['1101051949123100２X', 'characters'],
    ['11010519491231X02X', 'characters'],
    ['X1010519491231002X', 'characters'],
    ['11010519491331002X', 'date'],
    ['11010519490230002X', 'date'],
    ['110105190002290021', 'date'],
    ['11010500000000002X', 'date'],
    ['110105194912310020', 'check'],
    ['440524188001010012', 'check'],
    ['11010519491231020X', 'check'],
  ])('%j: %s', (number, fault) => {
    expect(idNumberFault(number)).toBe(fault)
  })

  it('tells birth date and sex', () => {
    expect(birthDateOf('11010519491231002X')).toBe('1949-12-31')
    expect(sexOf('11010519491231002X')).toBe('女')
    expect(sexOf('440524188001010014')).toBe('男')
  })

  it('accepts 29 February of leap years only', () => {
    expect(idNumberFault(idNumber('2000-02-29', '男'))).toBeNull()
    expect(idNumberFault(idNumber('1900-02-29', '男'))).toBe('date')
  })

  it.each([[undefined], [null], [7], [{}], ['110105'], ['110105194912310020']])('tells nothing about %j', (number) => {
    expect(birthDateOf(number)).toBeNull()
    expect(sexOf(number)).toBeNull()
  })

  it('never refuses an area code, abolished or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999 }), (area) => {
        expect(idNumberFault(idNumber('1980-03-07', '女', String(area).padStart(6, '0')))).toBeNull()
      }),
    )
  })

  it('notices every single wrong digit', () => {
    const right = idNumber('1976-05-21', '男')
    const wrong = Array.from({ length: 170 }, (_, i) => right.slice(0, i / 10) + String(i % 10) + right.slice(i / 10 + 1)).filter(
      (number) => number !== right,
    )
    expect(wrong).toHaveLength(17 * 9)
    expect(wrong.filter((number) => idNumberFault(number) === null)).toEqual([])
  })
})
