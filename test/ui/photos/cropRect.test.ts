import fc from 'fast-check'
import { expect, it } from 'vitest'
import { moved, resized, scaled, whole, widest, type Rect } from '../../../src/ui/photos/cropRect'

const picture = { width: 3000, height: 4000 }
const aspect = 413 / 579

it('begins with the largest centred portrait', () => {
  const rect = widest(picture, aspect)
  expect(rect.height).toBe(4000)
  expect(rect.width / rect.height).toBeCloseTo(aspect)
  expect(rect.x).toBeCloseTo((3000 - rect.width) / 2)
})

it('begins with the whole picture when any shape will do', () => {
  expect(widest(picture)).toEqual({ x: 0, y: 0, ...picture })
})

it('stays inside and in proportion, whatever is done to it', () => {
  const far = fc.integer({ min: -9000, max: 9000 })
  const act = fc.oneof(
    fc.tuple(far, far).map(([x, y]) => (rect: Rect) => moved(rect, x, y, picture)),
    fc.tuple(far, far).map(([x, y]) => (rect: Rect) => resized(rect, x, y, picture, aspect)),
    fc.double({ min: 0.01, max: 20, noNaN: true }).map((by) => (rect: Rect) => scaled(rect, by, picture)),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
      const rect = acts.reduce((before, change) => change(before), widest(picture, aspect))
      expect(rect.width / rect.height).toBeCloseTo(aspect, 4)
      expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(-1e-6)
      expect(rect.x + rect.width).toBeLessThanOrEqual(picture.width + 1e-6)
      expect(rect.y + rect.height).toBeLessThanOrEqual(picture.height + 1e-6)
      const pixels = whole(rect, picture)
      expect(Object.values(pixels).every(Number.isInteger)).toBe(true)
      expect(pixels.x + pixels.width).toBeLessThanOrEqual(picture.width)
      expect(pixels.y + pixels.height).toBeLessThanOrEqual(picture.height)
      expect(pixels.width).toBeGreaterThan(100)
    }),
  )
})
