/** Outlines of PNG, WebP, GIF and BMP: their first bytes tell the size, their structure tells where they end. */
import { latin1, viewOf, type Outline } from './bytes'

export function pngOutline(bytes: Uint8Array): Outline {
  const view = viewOf(bytes)
  const outline: Outline = { width: view.getUint32(16), height: view.getUint32(20), complete: false }
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
    if (latin1(bytes, at + 4, 4) === 'IEND') return { ...outline, complete: true }
  return outline
}

export function webpOutline(bytes: Uint8Array): Outline {
  const view = viewOf(bytes)
  const complete = bytes.length >= view.getUint32(4, true) + 8
  const chunk = latin1(bytes, 12, 4)
  if (chunk === 'VP8X') return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1, complete }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, complete }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, complete }
}

const uint24 = (view: DataView, at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)

/** Only the first picture of an animation is used, yet the whole file has to be there: but for padding it ends in 0x3B. */
export function gifOutline(bytes: Uint8Array): Outline {
  const view = viewOf(bytes)
  const last = bytes.findLast((byte) => byte !== 0)
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), complete: last === 0x3b }
}

export function bmpOutline(bytes: Uint8Array): Outline {
  const view = viewOf(bytes)
  // A negative height means that the rows run from top to bottom.
  const height = Math.abs(view.getInt32(22, true))
  return { width: view.getInt32(18, true), height, complete: bytes.length >= view.getUint32(2, true) }
}
