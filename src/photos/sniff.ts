/** What a file is, by its content: names and declared types lie (HEIC named .jpg, programs named .jpg). */
import { latin1, type Outline } from './formats/bytes'
import { heifOutline, isoBrand } from './formats/heif'
import { jpegOutline } from './formats/jpeg'
import { bmpOutline, gifOutline, pngOutline, webpOutline } from './formats/simple'

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'heic' | 'avif'
export type Picture = { kind: 'picture'; format: PictureFormat } & Outline

export type Sniffed =
  | Picture
  | { kind: 'pdf' }
  | { kind: 'svg' }
  | { kind: 'empty' }
  /** `what` it is instead, in Chinese, where that can be told. */
  | { kind: 'other'; what?: string }

const outlines: Record<PictureFormat, (bytes: Uint8Array) => Outline> = {
  jpeg: jpegOutline,
  png: pngOutline,
  webp: webpOutline,
  gif: gifOutline,
  bmp: bmpOutline,
  heic: heifOutline,
  avif: heifOutline,
}

/** @param bytes the whole file: whether it is complete shows only at its end. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (bytes.length === 0) return { kind: 'empty' }
  const format = pictureFormat(bytes)
  if (format) return { kind: 'picture', format, ...outlineOf(format, bytes) }
  if (latin1(bytes, 0, 5) === '%PDF-') return { kind: 'pdf' }
  const start = latin1(bytes, 0, 1024)
  if (/<svg[\s>]/i.test(start)) return { kind: 'svg' }
  const what = otherContent(start)
  return what ? { kind: 'other', what } : { kind: 'other' }
}

function pictureFormat(bytes: Uint8Array): PictureFormat | null {
  const start = latin1(bytes, 0, 12)
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (/^GIF8[79]a/.test(start)) return 'gif'
  // BM alone is too little: the reserved bytes 6–9 of a bitmap are zero.
  if (start.startsWith('BM') && start.slice(6, 10) === '\0\0\0\0') return 'bmp'
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'webp'
  const brand = isoBrand(bytes)
  return brand === 'video' ? null : brand
}

function outlineOf(format: PictureFormat, bytes: Uint8Array): Outline {
  try {
    return outlines[format](bytes)
  } catch (error) {
    if (error instanceof RangeError) return { complete: false } // it ends inside its header
    throw error
  }
}

/** First bytes, in Latin-1, of what people pick by mistake. */
const others: readonly (readonly [what: string, ...starts: string[]])[] = [
  ['程序', 'MZ', '\x7fELF', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe', '#!'],
  ['视频', '\x1aE\xdf\xa3', 'FLV'],
  ['压缩包或办公文档（如 Word、Excel）', 'PK\x03\x04', 'Rar!', '7z\xbc\xaf', '\x1f\x8b', '\xd0\xcf\x11\xe0'],
  ['相机原始格式（RAW 或 TIFF）', 'II*\0', 'MM\0*'],
  ['声音', 'ID3', 'OggS', 'fLaC'],
]

function otherContent(start: string): string | undefined {
  if (start.slice(4, 8) === 'ftyp' || /^RIFF.{4}AVI /s.test(start)) return '视频'
  if (/^\s*<(!doctype html|html)/i.test(start)) return '网页'
  return others.find(([, ...starts]) => starts.some((one) => start.startsWith(one)))?.[0]
}
