/** Files as phones send them, and as they must not. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const noise = (width: number, height: number) =>
  sharp(Buffer.from(Array.from({ length: width * height * 3 }, (_, i) => (i * 2_654_435_761) >>> 24)), {
    raw: { width, height, channels: 3 },
  })

/** A plain JPEG without metadata, large enough to be sent in pieces. */
export const photo = (size = 200) => noise(size, size).jpeg({ quality: 90 }).toBuffer()
export const progressive = () => noise(64, 64).jpeg({ progressive: true }).toBuffer()
export const withGps = () =>
  noise(64, 64)
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 30/1 0/1' } })
    .jpeg()
    .toBuffer()
export const png = () => noise(64, 64).png().toBuffer()
export const withTrailer = async () => Buffer.concat([await photo(), Buffer.from('PK\u0003\u0004 hidden')])
export const truncated = async () => (await photo()).subarray(0, -2000)
/** Its end is there again, its middle is not. */
export const cutInside = async () => {
  const bytes = await photo()
  return Buffer.concat([bytes.subarray(0, bytes.length >> 1), Buffer.from([0xff, 0xd9])])
}

/** A PDF of one page. @param javascript makes it act when it is opened */
export async function pdf({ javascript = false } = {}): Promise<Buffer> {
  const { PDFDocument } = await import('@cantoo/pdf-lib')
  const document = await PDFDocument.create()
  document.addPage([200, 200])
  if (javascript) document.addJavaScript('main', 'app.alert(1)')
  return Buffer.from(await document.save())
}

export async function lockedPdf(): Promise<Buffer> {
  const { PDFDocument } = await import('@cantoo/pdf-lib')
  const document = await PDFDocument.create()
  document.addPage([200, 200])
  document.encrypt({ userPassword: 'geheim', ownerPassword: 'geheim' })
  return Buffer.from(await document.save({ useObjectStreams: false }))
}
