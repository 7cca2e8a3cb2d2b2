/** JPEG files: every marker is read, so that nothing hides behind the picture or beside it. */
import sharp from 'sharp'
import { Refusal } from '../http/refusal'

const MAX_PIXELS = 50e6
const [SOI, EOI, SOS, APP1, APP13] = [0xd8, 0xd9, 0xda, 0xe1, 0xed]

export interface JpegParts {
  markers: number[]
  /** Offset behind the end-of-image marker; null when the file ends before it. */
  end: number | null
}

/** Walks the segments. Returns null when the bytes are no JPEG. */
export function jpegParts(bytes: Uint8Array): JpegParts | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI || bytes[2] !== 0xff) return null
  const markers: number[] = []
  let at = 2
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    markers.push(marker)
    if (marker === EOI) return { markers, end: at + 2 }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2) return null
    at += 2 + length
    if (marker === SOS) at = scanEnd(bytes, at)
  }
  return { markers, end: null }
}

/** The next marker behind compressed data, where FF 00 is data and FF D0–D7 only restart it. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

/** @throws Refusal 415 no plain JPEG, 422 metadata, too many pixels, or a picture that can't be decoded */
export async function inspectJpeg(bytes: Buffer): Promise<void> {
  const parts = jpegParts(bytes)
  if (!parts) throw new Refusal(415, 'not-jpeg', '这不是一张 JPEG 照片，请换一张再试。')
  if (parts.end === null) throw damaged()
  if (parts.end < bytes.length) throw new Refusal(415, 'trailing-bytes', '照片后面带有多余的数据，请重新拍照或选择。')
  if (parts.markers.includes(APP1) || parts.markers.includes(APP13))
    throw new Refusal(422, 'metadata', '照片里还带有拍摄信息（例如位置），请更新匠申后重新添加这张照片。')
  const image = sharp(bytes, { limitInputPixels: false, failOn: 'warning' })
  const { format, width, height } = await image.metadata().catch(() => Promise.reject(damaged()))
  if (format !== 'jpeg') throw new Refusal(415, 'not-jpeg', '这不是一张 JPEG 照片，请换一张再试。')
  if (width * height > MAX_PIXELS) throw new Refusal(422, 'too-many-pixels', '照片太大（超过 5000 万像素），请缩小后再试。')
  // Phones encode anew, so that even a warning means damage. Decodes every pixel; only a line at a time stays in memory.
  await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning', sequentialRead: true })
    .stats()
    .catch(() => Promise.reject(damaged()))
}

const damaged = () => new Refusal(422, 'damaged', '照片文件已损坏，打不开，请重新拍照或选择。')
