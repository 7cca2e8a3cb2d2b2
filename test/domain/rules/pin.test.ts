import { expect, it } from 'vitest'
import { pinDigits, pinProblem, waitAfter } from '../../../src/domain/rules/pin'

it.each([
  ['271828', null],
  ['２７１ ８２８', null],
  ['112233', null],
  ['27182', '至少要 6 位数字'],
  ['', '至少要 6 位数字'],
  ['27182a', '只能用数字'],
  ['27182८', '只能用数字'],
  ['1'.repeat(21), '最多 20 位数字'],
  ['000000', '太容易被猜到了，请不要用连号或一样的数字'],
  ['123456', '太容易被猜到了，请不要用连号或一样的数字'],
  ['98765432', '太容易被猜到了，请不要用连号或一样的数字'],
])('%s as a PIN: %s', (typed, problem) => {
  expect(pinProblem(typed)).toBe(problem)
})

it('full-width digits and spaces are the same PIN', () => {
  expect(pinDigits(' ２７1 828')).toBe('271828')
})

it('the wait doubles from the fifth wrong try on', () => {
  expect([0, 4, 5, 6, 7, 9].map(waitAfter)).toEqual([0, 0, 30_000, 60_000, 120_000, 480_000])
})
