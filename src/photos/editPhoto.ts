/** Rotating and cropping a stored photo makes another file; the old one stays until nobody needs it. Runs in the worker. */
import { rotatedSize, type Rect, type Rotation, type Size } from './cropMath'
import { PhotoError } from './photoError'
import { bitmapOf, draw, finish, pixelsOf } from './picture'
import { isSmall, type PreparedPhoto } from './prepared'
import { redShare, type RedBackground } from './redShare'

export interface Edit {
  /** Clockwise. */
  rotate: Rotation
  /** Pixels of the rotated picture; what reaches beyond it is cut off. */
  crop?: Rect
  /** Exact size in pixels, e.g. `portraitSize`; the crop is narrowed to its proportions. */
  output?: Size
}

/** A little above that of the first encoding, which an edit repeats. */
const QUALITY = 0.9
const MAX_SIDE = 2560

/** @throws PhotoError `undecodable` when the bytes are no picture, `blank` when nothing is left to see */
export async function editPhoto(buf: ArrayBuffer, { rotate, crop, output }: Edit): Promise<PreparedPhoto> {
  const bitmap = await stored(buf)
  try {
    const drawn = draw(bitmap, { rotate, maxSide: MAX_SIDE, ...(crop && { crop }), ...(output && { output }) })
    // An exact size is small by intention; what counts then is that it wasn't blown up.
    const small = output ? (crop ?? rotatedSize(bitmap, rotate)).width < output.width : isSmall(drawn)
    return await finish(drawn, { quality: QUALITY, warnings: small ? ['small'] : [] })
  } finally {
    bitmap.close()
  }
}

/** Whether a portrait stands before red; a few thousand pixels are enough to tell. */
export async function redBackground(buf: ArrayBuffer): Promise<RedBackground> {
  const bitmap = await stored(buf)
  try {
    const canvas = draw(bitmap, { maxSide: 160 })
    return redShare(pixelsOf(canvas), canvas.width, canvas.height)
  } finally {
    bitmap.close()
  }
}

function stored(buf: ArrayBuffer): Promise<ImageBitmap> {
  return bitmapOf(new Uint8Array(buf), 'image/jpeg').catch((cause: unknown) => {
    throw new PhotoError('undecodable', {}, { cause })
  })
}
