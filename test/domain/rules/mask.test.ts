import { expect, test } from 'vitest'
import { maskCard, maskId } from '../../../src/domain/rules/mask'

test.each([
  ['11010519491231002X', '11010519******002X'],
  ['', ''],
  ['1101051949123', '*************'],
])('an ID number %s shows as %s', (number, shown) => {
  expect(maskId(number)).toBe(shown)
})

test.each([
  ['6222021103000000018', '6222***********0018'],
  ['62220211', '********'],
  ['', ''],
])('a card number %s shows as %s', (number, shown) => {
  expect(maskCard(number)).toBe(shown)
})
