// @vitest-environment node
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPhotoBrowser, type PhotoBrowser } from '../support/photos/browser'

// A real browser on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let phone: PhotoBrowser
beforeAll(async () => {
  phone = await openPhotoBrowser(4110)
})
afterAll(() => phone?.close())

describe('rotating and cropping', () => {
  it('four quarter turns bring the scene back, and one turns it clockwise', async () => {
    const outcome = await phone.page.evaluate(async () => {
      const { difference, edit, load, prepare } = window.photos
      const upright = await prepare(await load('orientation-1.jpg'), 'photo')
      let turned = upright
      const sizes: string[] = []
      for (let i = 0; i < 4; i += 1) {
        turned = await edit(turned.buf, { rotate: 90 })
        sizes.push(`${turned.width}×${turned.height}`)
      }
      const back = await difference(upright.buf, turned.buf)
      const [left, half] = [await edit(upright.buf, { rotate: 270 }), await edit(upright.buf, { rotate: 180 })]
      const again = await edit(left.buf, { rotate: 270 })
      return { sizes, back, halves: await difference(half.buf, again.buf), upsideDown: await difference(half.buf, upright.buf) }
    })
    expect(outcome.sizes).toEqual(['1200×1800', '1800×1200', '1200×1800', '1800×1200'])
    expect(outcome.back).toBeLessThan(4)
    expect(outcome.halves).toBeLessThan(4)
    expect(outcome.upsideDown).toBeGreaterThan(20)
  })

  it('a crop is counted in the picture as it is shown', async () => {
    const colours = await phone.page.evaluate(async () => {
      const { drawn, edit, prepare } = window.photos
      // Left to right: red, green, blue. Turned clockwise, red is on top.
      const flag = await drawn(900, 300, (context) => {
        for (const [at, colour] of ['#f00', '#0f0', '#00f'].entries()) {
          context.fillStyle = colour
          context.fillRect(at * 300, 0, 300, 300)
        }
      })
      const { buf } = await prepare(flag, 'photo')
      const seen: number[][] = []
      for (const y of [0, 300, 600]) {
        const part = await edit(buf, { rotate: 90, crop: { x: 50, y: y + 50, width: 200, height: 200 } })
        const context = new OffscreenCanvas(part.width, part.height).getContext('2d')
        context?.drawImage(await createImageBitmap(new Blob([part.buf])), 0, 0)
        const middle = [...(context?.getImageData(100, 100, 1, 1).data ?? [])]
        seen.push([part.width, part.height, ...middle.map((one) => Math.round(one / 255))])
      }
      return seen
    })
    expect(colours).toEqual([
      [200, 200, 1, 0, 0, 1],
      [200, 200, 0, 1, 0, 1],
      [200, 200, 0, 0, 1, 1],
    ])
  })

  it('leaves the bytes it was given as they are', async () => {
    const kept = await phone.page.evaluate(async () => {
      const { edit, load, prepare } = window.photos
      const { buf, bytes, sha256 } = await prepare(await load('gps.jpg'), 'photo')
      const turned = await edit(buf, { rotate: 180 })
      return { same: buf.byteLength === bytes, other: turned.sha256 !== sha256, facts: window.photos.facts(turned) }
    })
    expect(kept).toMatchObject({ same: true, other: true, facts: { metadata: [], end: '\xff\xd9', width: 640, height: 480 } })
  })

  it('refuses what is no picture', async () => {
    const refusal = await phone.page.evaluate(() => {
      const { edit, refusal: refusalOf } = window.photos
      return refusalOf(edit(new ArrayBuffer(10), { rotate: 90 }))
    })
    expect(refusal).toMatchObject({ code: 'undecodable' })
  })
})

describe('the 2-inch portrait', () => {
  const portrait = (background: string, width = 1200, height = 1600) =>
    phone.page.evaluate(
      async ([colour, wide, high]) => {
        const { drawn, edit, portraitCrop, portraitSize, prepare, redBackground } = window.photos
        const picture = await drawn(wide, high, (context) => {
          context.fillStyle = colour
          context.fillRect(0, 0, wide, high)
          context.fillStyle = '#e0ac8c'
          context.beginPath()
          context.ellipse(wide / 2, high * 0.38, wide * 0.2, high * 0.2, 0, 0, 7)
          context.fill()
          context.fillStyle = '#282c3c'
          context.fillRect(wide * 0.1, high * 0.65, wide * 0.8, high * 0.35)
        })
        const photo = await prepare(picture, 'photo')
        const cut = await edit(photo.buf, { rotate: 0, crop: portraitCrop(photo), output: portraitSize })
        const { width: w, height: h, type, warnings } = cut
        return { width: w, height: h, type, warnings, background: await redBackground(cut.buf) }
      },
      [background, width, height] as const,
    )

  it('is exactly 413 × 579 pixels, and red is seen as red', async () => {
    const outcome = await portrait('#c8141e')
    expect(outcome).toMatchObject({ width: 413, height: 579, type: 'image/jpeg', warnings: [], background: { red: true } })
    expect(outcome.background.share).toBeGreaterThan(0.9)
  })

  it.each(['#ffffff', '#438edb', '#a06e46'])('%s is not red', async (colour) => {
    expect(await portrait(colour)).toMatchObject({ width: 413, height: 579, background: { red: false } })
  })

  it('says so when there were too few pixels', async () => {
    expect(await portrait('#c8141e', 300, 400)).toMatchObject({ width: 413, height: 579, warnings: ['small'] })
  })
})
