// @vitest-environment node
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPhotoBrowser, type PhotoBrowser } from '../support/photos/browser'
import type { PhotoName } from '../support/photos/files'

// A real browser on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let phone: PhotoBrowser
beforeAll(async () => {
  phone = await openPhotoBrowser(4100)
})
afterAll(() => phone?.close())

const prepare = (name: PhotoName) =>
  phone.page.evaluate(async (file) => {
    const { facts, load, prepare: prepareInPage } = window.photos
    return facts(await prepareInPage(await load(file), 'photo'))
  }, name)

describe('a photo from a phone, kept', () => {
  it.each<[PhotoName, number, number, string[]]>([
    ['nokia-8.3.jpg', 2560, 1098, []],
    ['iphone-hdr.jpg', 2560, 1920, []],
    ['gps.jpg', 640, 480, ['small']],
    ['corrupted.jpg', 2560, 1920, ['damaged']],
    ['invalid-exif.jpg', 636, 227, ['small']],
    ['iphone.heic', 1983, 2560, []],
    ['orientation-6.jpg', 1800, 1200, []],
  ])('%s is a JPEG of %i × %i without place, maker or anything behind its end', async (name, width, height, warnings) => {
    const photo = await prepare(name)
    expect(photo).toMatchObject({ type: 'image/jpeg', width, height, warnings, metadata: [], end: '\xff\xd9' })
    expect(photo.start).toContain('JFIF')
    expect(photo.bytes).toBe(photo.length)
    expect(Math.max(photo.thumbnail?.width ?? 0, photo.thumbnail?.height ?? 0)).toBe(320)
  })

  it('keeps the time of the shot beside the photo, not in it', async () => {
    expect(await prepare('gps.jpg')).toMatchObject({ takenAt: '2008-10-22T16:28:39' })
    expect(await prepare('orientation-1.jpg')).not.toHaveProperty('takenAt')
  })

  it('has the SHA-256 that a server computes from the same bytes', async () => {
    const { sha256, base64 } = await phone.page.evaluate(async () => {
      const { load, prepare: prepareInPage } = window.photos
      const photo = await prepareInPage(await load('gps.jpg'), 'photo')
      return { sha256: photo.sha256, base64: await window.photos.base64(photo.buf) }
    })
    expect(sha256).toBe(createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex'))
  })

  it('shows the same scene upright, however the camera was held', async () => {
    const differences = await phone.page.evaluate(async () => {
      const { difference, load, prepare: prepareInPage } = window.photos
      const [upright, ...others] = await Promise.all(
        (['orientation-1.jpg', 'orientation-3.jpg', 'orientation-6.jpg', 'orientation-8.jpg'] as const).map(async (name) =>
          prepareInPage(await load(name), 'photo'),
        ),
      )
      const original = await (await load('orientation-1.jpg')).arrayBuffer()
      const pairs = [original, ...others.map(({ buf }) => buf)]
      return Promise.all(pairs.map((buf) => difference(upright?.buf ?? new ArrayBuffer(0), buf)))
    })
    for (const one of differences) expect(one).toBeLessThan(4)
  })

  it('is on white where a picture with transparency was picked', async () => {
    const corner = await phone.page.evaluate(async () => {
      const { drawn, prepare: prepareInPage } = window.photos
      const logo = await drawn(900, 900, (context) => context.fillRect(300, 300, 300, 300))
      const { buf } = await prepareInPage(logo, 'photo')
      const context = new OffscreenCanvas(900, 900).getContext('2d')
      context?.drawImage(await createImageBitmap(new Blob([buf])), 0, 0)
      return [...(context?.getImageData(5, 5, 1, 1).data ?? [])]
    })
    expect(corner).toEqual([255, 255, 255, 255])
  })

  it('tells how far it is, in order', async () => {
    const stages = await phone.page.evaluate(async () => {
      const { load, prepare: prepareInPage } = window.photos
      const seen: string[] = []
      await prepareInPage(await load('gps.jpg'), 'photo', { onStage: (stage) => seen.push(stage) })
      return seen
    })
    expect(stages).toEqual(['read', 'decode', 'scale', 'encode', 'check'])
  })
})

describe('a file that cannot be used is refused in words', () => {
  const refusedText = (content: string, kind: 'photo' | 'scan' = 'photo') =>
    phone.page.evaluate(
      ([text, slot]) => {
        const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
        const file = new File([bytes], '照片.jpg', { type: 'image/jpeg' })
        return window.photos.refusal(window.photos.prepare(file, slot))
      },
      [content, kind] as const,
    )

  it.each([
    ['nothing at all', '', 'empty', /空的.*重新拍照/],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'svg', /SVG.*截屏/],
    ['a program', 'MZ\x90\0\x03\0\0\0', 'not-a-picture', /程序.*拍照/],
    ['a PDF', '%PDF-1.7\n%%EOF', 'pdf-for-photo', /PDF.*拍照/],
    ['a JPEG of nothing but its start and end', '\xff\xd8\xff\xda\0\x08\x01\x01\0\0\x3f\0\xff\xd9', 'undecodable', /打不开.*重新拍/],
  ])('%s named 照片.jpg', async (_, content, code, message) => {
    expect(await refusedText(content)).toEqual({ code, message: expect.stringMatching(message) as string })
  })

  it('a program is no scan either', async () => {
    expect(await refusedText('MZ\x90\0', 'scan')).toMatchObject({ code: 'not-a-scan' })
  })

  it.each<[PhotoName, number]>([
    ['gps.jpg', 0.6],
    ['nokia-8.3.jpg', 0.95],
    ['iphone.heic', 0.5],
  ])('%s, of which a part is missing', async (name, part) => {
    const refusal = await phone.page.evaluate(
      async ([file, share]) => {
        const whole = await window.photos.load(file)
        return window.photos.refusal(window.photos.prepare(whole.slice(0, whole.size * share), 'photo'))
      },
      [name, part] as const,
    )
    expect(refusal).toEqual({ code: 'truncated', message: expect.stringContaining('不完整') as string })
  })

  it('a HEIC photo whose picture data are noise, without waiting for ever', async () => {
    const refusal = await phone.page.evaluate(async () => {
      const bytes = new Uint8Array(await (await window.photos.load('iphone.heic')).arrayBuffer())
      for (let at = 8000; at < bytes.length; at += 1) bytes[at] = (at * 31) % 251
      return window.photos.refusal(window.photos.prepare(new Blob([bytes]), 'photo'))
    })
    expect(refusal.code).toMatch(/^(undecodable|blank)$/)
  })

  it.each(['#000', '#fff'])('a picture that is nothing but %s', async (colour) => {
    const refusal = await phone.page.evaluate(async (fill) => {
      const { drawn, prepare: prepareInPage } = window.photos
      const plain = await drawn(1000, 800, (context) => {
        context.fillStyle = fill
        context.fillRect(0, 0, 1000, 800)
      })
      return window.photos.refusal(prepareInPage(plain, 'photo'))
    }, colour)
    expect(refusal).toMatchObject({ code: 'blank' })
  })

  it('takes a photo of 60 MB, refuses one of 90 MB, and one of more than 100 megapixels before decoding it', async () => {
    const outcomes = await phone.page.evaluate(async () => {
      const { load, prepare: prepareInPage, refusal } = window.photos
      const whole = await load('nokia-8.3.jpg')
      const padded = (megabytes: number) => new Blob([whole, new Uint8Array(megabytes * 1024 * 1024 - whole.size)])
      const large = await prepareInPage(padded(60), 'photo')
      const tooLarge = await refusal(prepareInPage(padded(90), 'photo'))
      const bytes = new Uint8Array(await whole.arrayBuffer())
      // The frame header's height and width.
      const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0)
      bytes.set([0x30, 0, 0x30, 0], frame + 5)
      const tooWide = await refusal(prepareInPage(new Blob([bytes]), 'photo'))
      return { large: { width: large.width, bytes: large.bytes }, tooLarge, tooWide }
    })
    expect(outcomes.large.width).toBe(2560)
    expect(outcomes.large.bytes).toBeLessThan(5_000_000)
    expect(outcomes.tooLarge).toEqual({ code: 'too-large', message: expect.stringContaining('90 MB') as string })
    expect(outcomes.tooWide).toEqual({ code: 'too-many-pixels', message: expect.stringContaining('1 亿') as string })
  })

  it('leaves nothing behind when somebody gives up', async () => {
    const outcome = await phone.page.evaluate(async () => {
      const { load, prepare: prepareInPage } = window.photos
      const controller = new AbortController()
      const photo = await load('nokia-8.3.jpg')
      const given = prepareInPage(photo, 'photo', { signal: controller.signal, onStage: () => controller.abort() })
      const reason = await given.catch((error: unknown) => (error as Error).name)
      const next = await prepareInPage(await load('gps.jpg'), 'photo')
      return { reason, next: next.width }
    })
    expect(outcome).toEqual({ reason: 'AbortError', next: 640 })
  })
})

describe('what people download', () => {
  it('is the HEIC decoder and the PDF library only when needed, as files of their own', async () => {
    const decoder = phone.assets.filter((name) => name.startsWith('libheif'))
    expect(decoder.map((name) => name.replace(/.*\./, '')).sort()).toEqual(['js', 'wasm'])
    const fresh = await phone.page.context().newPage()
    const asked: string[] = []
    phone.page.context().on('request', (request) => asked.push(request.url()))
    await fresh.goto(phone.page.url())
    await fresh.evaluate(async () => window.photos.prepare(await window.photos.load('gps.jpg'), 'photo').then(() => null))
    const scripts = asked.filter((url) => url.includes('/assets/')).map((url) => url.replace(/.*\/(\w+)-[\w-]+\./, '$1.'))
    expect(scripts).toEqual(['index.js', 'worker.js'])
    await fresh.close()
  })

  it('is asked for again when there was no network for it the first time', async () => {
    const fresh = await phone.page.context().newPage()
    await fresh.goto(phone.page.url())
    const heic = () =>
      fresh.evaluate(async () => {
        const { load, prepare: prepareInPage, refusal } = window.photos
        return refusal(prepareInPage(await load('iphone.heic'), 'photo'))
      })
    const pdf = () => fresh.evaluate(() => window.photos.refusal(window.photos.prepare(new Blob(['%PDF-1.7\n%%EOF']), 'scan')))
    await phone.page.context().route(/libheif|preparePdf/, (route) => route.abort())
    expect(await heic()).toEqual({ code: 'decoder-missing', message: expect.stringContaining('联网') as string })
    expect(await pdf()).toEqual({ code: 'pdf-library-missing', message: expect.stringContaining('联网') as string })
    await phone.page.context().unroute(/libheif|preparePdf/)
    expect(await heic()).toMatchObject({ code: 'taken' })
    expect(await pdf()).toMatchObject({ code: 'pdf-damaged' })
    await fresh.close()
  })
})
