// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { clampCrop, fitAspect, fitWithin, portraitCrop, portraitSize, rotatedSize } from '../../src/photos/cropMath'
import { redShare } from '../../src/photos/redShare'

describe('the frame of a crop', () => {
  it('makes large photos smaller and never small ones larger', () => {
    expect(fitWithin({ width: 4608, height: 1976 }, 2560)).toEqual({ width: 2560, height: 1098 })
    expect(fitWithin({ width: 640, height: 480 }, 2560)).toEqual({ width: 640, height: 480 })
    expect(fitWithin({ width: 100_000, height: 10 }, 2560)).toEqual({ width: 2560, height: 1 })
  })

  it('stays on the picture', () => {
    const picture = { width: 100, height: 50 }
    expect(clampCrop({ x: -10, y: 20, width: 200, height: 200 }, picture)).toEqual({ x: 0, y: 20, width: 100, height: 30 })
    expect(clampCrop({ x: 500, y: 500, width: 10, height: 10 }, picture)).toEqual({ x: 99, y: 49, width: 1, height: 1 })
  })

  it('has the proportions of a 2-inch portrait, in photos of any shape', () => {
    for (const picture of [{ width: 3000, height: 4000 }, { width: 4000, height: 1000 }, { width: 200, height: 2000 }]) {
      const frame = portraitCrop(picture)
      expect(frame.width / frame.height).toBeCloseTo(portraitSize.width / portraitSize.height, 6)
      expect(Math.min(frame.x, frame.y)).toBeGreaterThanOrEqual(0)
      expect(frame.x + frame.width).toBeLessThanOrEqual(picture.width)
      expect(frame.y + frame.height).toBeLessThanOrEqual(picture.height)
    }
  })

  it('is narrowed about its middle', () => {
    const wide = { x: 10, y: 0, width: 100, height: 50 }
    expect(fitAspect(wide, { width: 1, height: 1 })).toEqual({ x: 35, y: 0, width: 50, height: 50 })
  })

  it('turns with the picture', () => {
    expect(rotatedSize({ width: 4, height: 3 }, 270)).toEqual({ width: 3, height: 4 })
    expect(rotatedSize({ width: 4, height: 3 }, 180)).toEqual({ width: 4, height: 3 })
  })
})

describe('the background of a portrait', () => {
  /** Somebody in a dark jacket, with a face and hair, before a colour. */
  function portrait(background: readonly [number, number, number]) {
    const [width, height] = [41, 58]
    const rgba = new Uint8ClampedArray(width * height * 4)
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const head = Math.hypot(x - 20, y - 20) < 11
        const jacket = y > 38 && Math.abs(x - 20) < 19
        const colour = head ? [224, 172, 140] : jacket ? [40, 44, 60] : background
        rgba.set([...colour, 255], (y * width + x) * 4)
      }
    return redShare(rgba, width, height)
  }

  it.each([
    ['studio red', [200, 20, 30]],
    ['dark red', [139, 0, 0]],
    ['the red of phone apps', [255, 0, 0]],
    ['red in poor light', [110, 25, 30]],
  ] as const)('%s is red', (_, colour) => {
    expect(portrait(colour)).toEqual({ share: 1, red: true })
  })

  it.each([
    ['white', [250, 250, 250]],
    ['blue', [67, 142, 219]],
    ['pink', [240, 150, 160]],
    ['a wooden wall', [160, 110, 70]],
    ['orange', [250, 130, 20]],
    ['night', [20, 5, 5]],
  ] as const)('%s is not', (_, colour) => {
    expect(portrait(colour)).toEqual({ share: 0, red: false })
  })
})
