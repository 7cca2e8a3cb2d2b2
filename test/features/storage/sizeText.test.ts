import { expect, it } from 'vitest'
import { sizeText } from '../../../src/features/storage/sizeText'

it.each([
  [0, '0 MB'],
  [-5, '0 MB'],
  [1, '不到 0.1 MB'],
  [3.24 * 1048576, '3.2 MB'],
  [12.4 * 1048576, '12 MB'],
  [1.5 * 1024 * 1048576, '1.5 GB'],
])('%d bytes are said as people know them: %s', (bytes, words) => {
  expect(sizeText(bytes).replaceAll('\u00a0', ' ')).toBe(words)
})
