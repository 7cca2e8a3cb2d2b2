/** JPEG files: every marker is read, so that nothing hides behind the picture or beside it. */
import sharp from 'sharp'
import { Refusal } from '../http/refusal'

const MAX_PIXELS = 50e6
/** A progressive picture has about ten; thousands of them keep a decoder busy for minutes. */
const MAX_SCANS = 100
const [SOI, EOI, SOS, APP0, APP1, APP13, APP14, COM] = [0xd8, 0xd9, 0xda, 0xe0, 0xe1, 0xed, 0xee, 0xfe]

interface Segment {
  marker: number
  /** What stands behind marker and length. */
  content: Uint8Array
}
export interface JpegParts {
  segments: Segment[]
  /** Offset behind the end-of-image marker; null when the file ends before it. */
  end: number | null
}

/** Walks the segments. Returns null when the bytes are no JPEG. */
export function jpegParts(bytes: Uint8Array): JpegParts | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI || bytes[2] !== 0xff) return null
  const segments: Segment[] = []
  let at = 2
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === EOI) return { segments, end: at + 2 }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2) return null
    segments.push({ marker, content: bytes.subarray(at + 4, at + 2 + length) })
    at += 2 + length
    if (marker === SOS) at = scanEnd(bytes, at)
  }
  return { segments, end: null }
}

/** The next marker behind compressed data, where FF 00 is data and FF D0–D7 only restart it. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const isFrame = ({ marker }: Segment) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const begins = ({ content }: Segment, words: string) =>
  Buffer.from(content.subarray(0, words.length)).toString('latin1') === words

/** Density and colour coding, in exactly their length, are all that a picture needs; others have room for anything. */
function hides(segment: Segment): boolean {
  const { marker, content } = segment
  const thumbnail = 3 * (content[12] ?? 0) * (content[13] ?? 0)
  if (marker === APP0) return !begins(segment, 'JFIF\0') || content.length !== 14 + thumbnail
  if (marker === APP14) return !begins(segment, 'Adobe') || content.length !== 12
  return marker === COM || (marker > APP0 && marker <= 0xef)
}

/**
 * Pixels of the longer side.
 * @throws Refusal 415 no plain JPEG, 422 metadata, too many pixels, or a picture that can't be decoded
 */
export async function inspectJpeg(bytes: Buffer): Promise<number> {
  const parts = jpegParts(bytes)
  if (!parts) throw new Refusal(415, 'not-jpeg', '这不是一张 JPEG 照片，请换一张再试。')
  const { segments, end } = parts
  if (end === null) throw damaged()
  if (end < bytes.length) throw new Refusal(415, 'trailing-bytes', '照片后面带有多余的数据，请重新拍照或选择。')
  if (segments.some(({ marker }) => marker === APP1 || marker === APP13))
    throw new Refusal(422, 'metadata', '照片里还带有拍摄信息（例如位置），请更新匠申后重新添加这张照片。')
  if (segments.some(hides)) throw new Refusal(415, 'hidden-data', '照片里带有别的数据，请更新匠申后重新添加这张照片。')
  const side = longerSide(segments)
  if (segments.filter(({ marker }) => marker === SOS).length > MAX_SCANS) throw damaged()
  // Phones encode anew, so that even a warning means damage. Every pixel is decoded, and thrown away.
  await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning', sequentialRead: true })
    .raw()
    .toBuffer()
    .catch(() => Promise.reject(damaged()))
  return side
}

/** Read from the frame's own header, before any decoder sees the picture. */
function longerSide(segments: readonly Segment[]): number {
  const [frame, ...more] = segments.filter(isFrame)
  if (!frame || more.length > 0 || frame.content.length < 6) throw damaged()
  const view = Buffer.from(frame.content)
  const [height, width] = [view.readUInt16BE(1), view.readUInt16BE(3)]
  if (width === 0 || height === 0) throw damaged()
  if (width * height > MAX_PIXELS) throw new Refusal(422, 'too-many-pixels', '照片太大（超过 5000 万像素），请缩小后再试。')
  return Math.max(width, height)
}

const damaged = () => new Refusal(422, 'damaged', '照片文件已损坏，打不开，请重新拍照或选择。')
