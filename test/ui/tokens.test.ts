import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/ui/tokens.css', 'utf8')
const block = (start: string) => css.slice(css.indexOf(start), css.indexOf('}', css.indexOf(start)))
const colours = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]))

const light = colours(block('html:root {'))
const dark = colours(block("html:root[data-theme='dark'] {"))
const systemDark = colours(block("html:root:not([data-theme='light']) {"))

/** Relative luminance, WCAG 2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [x = 0, y = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (x + 0.05) / (y + 0.05)
}

const read = [
  ['ink', ['card', 'paper', 'brand-wash']],
  ['ink-soft', ['card', 'paper', 'brand-wash']],
  ['brand', ['card', 'paper']],
  ['on-brand', ['brand']],
  ['clay', ['card', 'paper']],
  ['good', ['good-wash', 'card', 'paper']],
  ['warn', ['warn-wash']],
  ['bad', ['bad-wash', 'card', 'paper']],
] as const
const pairs = read.flatMap(([words, grounds]) => grounds.map((ground) => [words, ground] as const))

describe.each([['light', light], ['dark', dark]] as const)('the colours in %s', (_, theme) => {
  it.each(pairs)('let %s be read on %s with 7:1', (words, ground) => {
    expect(contrast(theme[words]!, theme[ground]!)).toBeGreaterThanOrEqual(7)
  })
  it.each(['card', 'paper'])('draw the edge of a field on %s with 3:1', (ground) => {
    expect(contrast(theme.edge!, theme[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

it('is equally dark by the phone’s setting and by choice', () => {
  expect(systemDark).toEqual(dark)
  expect(Object.keys(dark)).toEqual(Object.keys(light))
})
