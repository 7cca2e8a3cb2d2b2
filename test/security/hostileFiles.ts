/** Files that are more, or less, than they seem. */
import { type PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { photo } from '../mock-server/pictures'

const SOI = 2
/** A segment behind the start of the picture. */
export function withSegment(bytes: Buffer, marker: number, content: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(content.length + 2)
  return Buffer.concat([bytes.subarray(0, SOI), Buffer.from([0xff, marker]), length, content, bytes.subarray(SOI)])
}

const behind = async (tail: string) => Buffer.concat([await photo(), Buffer.from(tail, 'latin1')])
export const withZip = () => behind('PK\u0003\u0004\u0014\0\0\0 payload PK\u0005\u0006')
export const withPage = () => behind('<html><script>alert(1)</script></html>')
export const pageInComment = async () => withSegment(await photo(), 0xfe, Buffer.from('<html><script>alert(1)</script>'))
export const scriptInSegment = async () => withSegment(await photo(), 0xe5, Buffer.from('=1;alert(1)//'))
export const fatHeader = async () => withSegment(
  await photo(),
  0xe0,
  Buffer.concat([Buffer.from('JFIF\0'), Buffer.alloc(500, 65)]),
)
export const gpsIn = async (marker: number) => withSegment(
  await photo(),
  marker,
  Buffer.from('Exif\0\0MM\0*\0\0\0\u0008\0\u0001', 'latin1'),
)
export const xmp = async () => withSegment(await photo(), 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'))
export const iptc = async () => withSegment(await photo(), 0xed, Buffer.from('Photoshop 3.0\0'))

export const cmyk = () => sharp({
  create: { width: 64, height: 64, channels: 3, background: '#804020' },
}).toColourspace('cmyk').jpeg().toBuffer()

/** A header that claims a size; the picture behind it has 200 pixels a side. */
export async function claiming(width: number, height: number): Promise<Buffer> {
  const bytes = Buffer.from(await photo())
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

/** Few bytes, many pixels: what is read from the header must be enough to refuse it. */
export const bomb = () => sharp({
  create: { width: 8000, height: 8000, channels: 3, background: '#ffffff' },
}).jpeg({ quality: 1 }).toBuffer()

/** The same scan once more and again, as a progressive picture may have it. */
export async function manyScans(): Promise<Buffer> {
  const bytes = await sharp({
    create: { width: 16, height: 16, channels: 3, background: '#777777' },
  }).jpeg({ progressive: true }).toBuffer()
  const scan = bytes.lastIndexOf(Buffer.from([0xff, 0xda]))
  const last = bytes.subarray(scan, -2)
  return Buffer.concat([bytes.subarray(0, -2), ...Array.from({ length: 5000 }, () => last), bytes.subarray(-2)])
}

async function document(change: (pdf: PDFDocument) => void): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.addPage([200, 200])
  change(pdf)
  return Buffer.from(await pdf.save())
}
const name = (text: string) => PDFName.of(text)
const action = (pdf: PDFDocument, kind: string, more: Record<string, string> = {}) =>
  pdf.context.obj({
    Type: 'Action',
    S: kind,
    ...Object.fromEntries(Object.entries(more).map(([key, value]) => [key, PDFString.of(value)])),
  })

export const opens = (kind: string, more?: Record<string, string>) => document(
  (pdf) => pdf.catalog.set(name('OpenAction'), action(pdf, kind, more)),
)
/** What every word processor writes: show the first page. */
export const opensAtPage = () =>
  document((pdf) => pdf.catalog.set(name('OpenAction'), pdf.context.obj([pdf.getPage(0).ref, name('Fit')])))
export const triggered = () =>
  document(
    (pdf) => pdf.getPage(0).node.set(
      name('AA'),
      pdf.context.obj({ O: action(pdf, 'URI', { URI: 'https://elsewhere.example' }) }),
    ),
  )
export const carrying = async (): Promise<Buffer> => {
  const pdf = await PDFDocument.create()
  pdf.addPage([200, 200])
  await pdf.attach(new Uint8Array([77, 90]), 'setup.exe', { mimeType: 'application/octet-stream' })
  return Buffer.from(await pdf.save())
}
export const dynamicForm = () =>
  document((pdf) => pdf.catalog.set(name('AcroForm'), pdf.context.obj({ XFA: PDFHexString.of('00'), Fields: [] })))
/** A link is nothing that acts by itself. */
export const linking = () =>
  document((pdf) => {
    const link = pdf.context.obj({
      Type: 'Annot',
      Subtype: 'Link',
      Rect: [0, 0, 9, 9],
      A: action(pdf, 'URI', { URI: 'https://elsewhere.example' }),
    })
    pdf.getPage(0).node.set(name('Annots'), pdf.context.obj([link as PDFDict]))
  })
/** The object with the script is replaced later in the file; a reader can be led to the first one all the same. */
export async function replaced(written = '/JavaScript'): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.addPage([200, 200])
  const text = Buffer.from(await pdf.save({ useObjectStreams: false })).toString('latin1')
  const first = `99 0 obj\n<< /S ${written} /JS (app.alert(1)) >>\nendobj\n99 0 obj\n<< >>\nendobj\n`
  return Buffer.from(text.replace('xref', `${first}xref`), 'latin1')
}
/** A photo with its position on a page: PDF writers take it over as it is. */
export async function positionOnPage(): Promise<Buffer> {
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\u0008\0\u0001\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0', 'latin1')
  const bytes = withSegment(await photo(64), 0xe1, exif)
  return document((pdf) => {
    const image = pdf.context.stream(
      new Uint8Array(bytes),
      { Type: 'XObject', Subtype: 'Image', Width: 64, Height: 64, Filter: 'DCTDecode' },
    )
    pdf.context.register(image)
  })
}
