/** JPEG on the level of segments (ITU-T T.81, annex B): outline, and a copy without metadata. */
import { latin1, viewOf, type Outline } from './bytes'

interface Segment {
  marker: number
  /** Offset of the 0xFF before the marker. */
  start: number
  /** Offset after the segment. */
  end: number
}

const SOS = 0xda
const EOI = 0xd9

/** The segments from SOI up to and including the first SOS; stops early where the structure ends or is broken. */
function* header(bytes: Uint8Array): Generator<Segment> {
  const view = viewOf(bytes)
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1 // a fill byte
      continue
    }
    const end = at + 2 + view.getUint16(at + 2)
    if (end > bytes.length) return
    yield { marker, start: at, end }
    if (marker === SOS) return
    at = end
  }
}

const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Reserved markers: inside of picture data they are damage. */
const isReserved = (marker: number) => (marker > 0x01 && marker < 0xc0) || (marker >= 0xf0 && marker < 0xfe)

/**
 * The end of the picture that starts at 0: the first EOI after the first SOS. Byte stuffing keeps FF D9 out of
 * picture data, so that previews behind the picture (Olympus, HDR gain maps) don't count.
 */
function pictureEnd(bytes: Uint8Array, from: number): { end: number; damaged: boolean } | null {
  let damaged = false
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0
    if (marker === EOI) return { end: at + 2, damaged }
    if (isReserved(marker)) damaged = true
  }
  return null
}

export function jpegOutline(bytes: Uint8Array): Outline {
  const outline: Outline = { complete: false }
  for (const { marker, start, end } of header(bytes)) {
    if (isFrame(marker) && end - start >= 9) {
      outline.height = viewOf(bytes).getUint16(start + 5)
      outline.width = viewOf(bytes).getUint16(start + 7)
    }
    if (marker !== SOS) continue
    const picture = pictureEnd(bytes, end)
    outline.complete = picture !== null
    outline.damaged = picture?.damaged ?? false
  }
  return outline
}

/** APP0 tells the density and APP14 how colours are coded; every other APP segment and comments are metadata. */
function isKept(bytes: Uint8Array, { marker, start }: Segment): boolean {
  if (marker === 0xe0) return latin1(bytes, start + 4, 5) === 'JFIF\0'
  if (marker === 0xee) return latin1(bytes, start + 4, 5) === 'Adobe'
  return !(marker > 0xe0 && marker <= 0xef) && marker !== 0xfe
}

/**
 * The same picture without Exif, GPS, XMP, profiles, comments, and without anything after its end.
 * @throws RangeError when the bytes are no complete JPEG
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  for (const segment of header(bytes)) {
    if (isKept(bytes, segment)) kept.push(bytes.subarray(segment.start, segment.end))
    if (segment.marker !== SOS) continue
    const picture = pictureEnd(bytes, segment.end)
    if (!picture) break
    kept.push(bytes.subarray(segment.end, picture.end))
    return join(kept)
  }
  throw new RangeError('These bytes are no complete JPEG')
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
