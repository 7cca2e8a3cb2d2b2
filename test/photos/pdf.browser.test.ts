// @vitest-environment node
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openPhotoBrowser, type PhotoBrowser } from '../support/photos/browser'

// A real browser on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let phone: PhotoBrowser
beforeAll(async () => {
  phone = await openPhotoBrowser(4115)
})
afterAll(() => phone?.close())

/** A certificate of some pages; `change` puts into it what shouldn't be there. */
async function certificate(pages: number, change?: (pdf: PDFDocument) => void | Promise<void>) {
  const pdf = await PDFDocument.create()
  for (let page = 1; page <= pages; page += 1) pdf.addPage().drawText(`Certificate, page ${page}`)
  await change?.(pdf)
  return pdf.save()
}

function prepareScan(bytes: Uint8Array) {
  return phone.page.evaluate(async (numbers) => {
    const { facts, factsOf, prepare, refusal } = window.photos
    const file = new File([new Uint8Array(numbers)], '证书.jpg')
    const refused = await refusal(prepare(file, 'scan'))
    if (refused.code !== 'taken') return { refused }
    const prepared = await prepare(file, 'scan')
    const same = [...new Uint8Array(prepared.buf)].join() === numbers.join()
    return { taken: facts(prepared), facts: factsOf(prepared, '证书.pdf'), same }
  }, [...bytes])
}

describe('a PDF file as a scan', () => {
  it('is taken as it is, whatever its name, with its pages counted', async () => {
    const outcome = await prepareScan(await certificate(3))
    expect(outcome).toMatchObject({ taken: { type: 'application/pdf', pages: 3 }, same: true })
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(outcome.facts).toMatchObject({ type: 'application/pdf', pages: 3, name: '证书.pdf', sha256 })
  })

  it('loses what a server appended behind its end', async () => {
    const clean = await certificate(1)
    const tail = Uint8Array.from('<html>advertisement</html>', (letter) => letter.charCodeAt(0))
    const outcome = await prepareScan(new Uint8Array([...clean, ...tail]))
    expect(outcome).toMatchObject({ taken: { pages: 1, end: 'OF' }, same: false })
  })

  it.each<[string, RegExp, (pdf: PDFDocument) => void | Promise<void>]>([
    ['a script', /脚本/, (pdf) => pdf.addJavaScript('main', 'app.alert(1)')],
    ['an attached file', /附件/, (pdf) => pdf.attach(new Uint8Array([77, 90]), 'setup.exe')],
    [
      'an instruction to start a program',
      /启动程序/,
      (pdf) => pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj({ S: 'Launch', F: PDFString.of('cmd.exe') })),
    ],
    [
      'an instruction to open a page of the web by itself',
      /自动执行/,
      (pdf) => pdf.catalog.set(
        PDFName.of('OpenAction'),
        pdf.context.obj({ S: 'URI', URI: PDFString.of('https://elsewhere.example') }),
      ),
    ],
    [
      'one for when a page is turned to',
      /自动执行/,
      (pdf) => pdf.getPage(0).node.set(PDFName.of('AA'), pdf.context.obj({ O: { S: 'URI' } })),
    ],
  ])('with %s is refused', async (_, message, change) => {
    const { refused } = await prepareScan(await certificate(1, change))
    expect(refused).toEqual({ code: 'pdf-active', message: expect.stringMatching(message) as string })
  })

  it('with a password is refused', async () => {
    const { refused } = await prepareScan(await certificate(1, (pdf) => pdf.encrypt({ userPassword: '1', ownerPassword: '2' })))
    expect(refused).toEqual({ code: 'pdf-encrypted', message: expect.stringContaining('密码') as string })
  })

  it('of which the end is missing, or that is only called one, is refused', async () => {
    const whole = await certificate(2)
    expect((await prepareScan(whole.slice(0, whole.length / 2))).refused).toMatchObject({ code: 'pdf-damaged' })
    const empty = Uint8Array.from('%PDF-1.7\nnothing\n%%EOF', (letter) => letter.charCodeAt(0))
    expect((await prepareScan(empty)).refused).toMatchObject({ code: 'pdf-damaged' })
  })

  it('of more than 10 MB is refused', async () => {
    const refused = await phone.page.evaluate(() => {
      const large = new Blob(['%PDF-1.7\n', new Uint8Array(11 * 1024 * 1024), '\n%%EOF'])
      return window.photos.refusal(window.photos.prepare(large, 'scan'))
    })
    expect(refused).toEqual({ code: 'pdf-too-large', message: expect.stringContaining('11 MB') as string })
  })
})

describe('several photographed pages', () => {
  it('become one scan of A4 pages, the same bytes every time', async () => {
    const { base64, again, ...scan } = await phone.page.evaluate(async () => {
      const { base64: inBase64, join, load, prepare } = window.photos
      const pages = []
      for (const name of ['orientation-1.jpg', 'iphone.heic', 'gps.jpg'] as const)
        pages.push(await prepare(await load(name), 'photo'))
      const { buf, ...facts } = await join(pages)
      const retaken = await prepare(new Blob([buf]), 'scan')
      const pagesKept = pages.every((page) => page.buf.byteLength === page.bytes)
      return { ...facts, pagesKept, retaken: retaken.sha256, again: (await join(pages)).sha256, base64: await inBase64(buf) }
    })
    const bytes = Buffer.from(base64, 'base64')
    expect(scan).toMatchObject({ type: 'application/pdf', pages: 3, bytes: bytes.length, pagesKept: true })
    expect([again, scan.retaken]).toEqual([scan.sha256, scan.sha256])
    const pdf = await PDFDocument.load(new Uint8Array(bytes), { updateMetadata: false })
    expect(pdf.getPages().map((page) => [Math.round(page.getWidth()), Math.round(page.getHeight())])).toEqual([
      [842, 595],
      [595, 842],
      [842, 595],
    ])
    expect([pdf.getCreationDate(), pdf.getProducer()]).toEqual([undefined, undefined])
  })

  it('are shrunk when they would be more than a server takes, and refused when that is not enough', async () => {
    const outcome = await phone.page.evaluate(async () => {
      const { drawn, join, prepare, refusal } = window.photos
      // Noise: no photo takes more bytes.
      const noise = await drawn(1800, 1800, (context) => {
        const image = context.createImageData(1800, 1800)
        let state = 1
        for (let at = 0; at < image.data.length; at += 1) {
          state = (state * 48_271) % 2_147_483_647
          image.data[at] = at % 4 === 3 ? 255 : state % 256
        }
        context.putImageData(image, 0, 0)
      })
      const page = await prepare(noise, 'photo', { quality: 1 })
      const two = await join([page, page])
      const tooMany = await refusal(join(Array.from({ length: 9 }, () => page)))
      return { each: page.bytes, bytes: two.bytes, pages: two.pages, tooMany, none: await refusal(join([])) }
    })
    const limit = 10 * 1024 * 1024
    expect(outcome.each * 2).toBeGreaterThan(limit)
    expect(outcome.bytes).toBeLessThan(limit)
    expect(outcome.pages).toBe(2)
    expect(outcome.tooMany).toMatchObject({ code: 'too-many-pages', message: expect.stringContaining('10 MB') as string })
  })
})
