/** Several photographed pages become one scan: a PDF with an A4 page for each. Runs in the worker. */
import { PDFDocument } from '@cantoo/pdf-lib'
import { PhotoError } from './photoError'
import { bitmapOf, draw, encode } from './picture'
import { sha256Of, type PreparedPdf } from './prepared'

export interface Page {
  /** A stored JPEG with its size in pixels. */
  buf: ArrayBuffer
  width: number
  height: number
}

/** A4 in points of 1/72 inch. */
const SHORT = 595.28
const LONG = 841.89

/** Tried in order until the scan is small enough; the last still gives about 150 dots per inch on A4. */
const shrinks = [
  { maxSide: 2340, quality: 0.8 },
  { maxSide: 2000, quality: 0.75 },
  { maxSide: 1754, quality: 0.7 },
]

/**
 * The same pages always give the same bytes: no dates, no producer, no random ids.
 * @param limit bytes of the result at most
 * @throws PhotoError `too-many-pages` when it doesn't fit however much the pages are shrunk
 */
export async function joinPages(pages: readonly Page[], limit: number, signal: AbortSignal): Promise<PreparedPdf> {
  const sizeOf = (some: readonly Page[]) => some.reduce((sum, { buf }) => sum + buf.byteLength, 0)
  // A page's own objects take less than a kilobyte.
  const room = limit - 1024 * (pages.length + 2)
  let fitting = pages
  for (const shrink of shrinks) {
    if (sizeOf(fitting) <= room) break
    const smaller: Page[] = []
    for (const page of pages) {
      signal.throwIfAborted()
      smaller.push(await shrunk(page, shrink))
    }
    fitting = smaller
  }
  if (pages.length === 0 || sizeOf(fitting) > room) throw new PhotoError('too-many-pages', { limit })
  const bytes = await pdfOf(fitting)
  const sha256 = await sha256Of(bytes)
  return { buf: bytes.buffer, type: 'application/pdf', sha256, bytes: bytes.length, pages: pages.length, warnings: [] }
}

async function shrunk({ buf }: Page, { maxSide, quality }: (typeof shrinks)[number]): Promise<Page> {
  const bitmap = await bitmapOf(new Uint8Array(buf), 'image/jpeg')
  try {
    const canvas = draw(bitmap, { maxSide })
    const bytes = await encode(canvas, quality)
    return { buf: bytes.buffer, width: canvas.width, height: canvas.height }
  } finally {
    bitmap.close()
  }
}

async function pdfOf(pages: readonly Page[]): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  for (const { buf, width, height } of pages) {
    const [paperWidth, paperHeight] = width > height ? [LONG, SHORT] : [SHORT, LONG]
    const scale = Math.min(paperWidth / width, paperHeight / height)
    const image = await pdf.embedJpg(buf)
    pdf.addPage([paperWidth, paperHeight]).drawImage(image, {
      x: (paperWidth - width * scale) / 2,
      y: (paperHeight - height * scale) / 2,
      width: width * scale,
      height: height * scale,
    })
  }
  // `save` gives a view of a buffer that may be larger: a copy is exactly the file.
  return new Uint8Array(await pdf.save())
}
