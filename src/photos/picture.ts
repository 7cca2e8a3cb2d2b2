/** From bytes to pixels and back. Runs in the worker; every bitmap is closed by whoever asked for it. */
import { clampCrop, fitAspect, fitWithin, rotatedSize, type Rect, type Rotation, type Size } from './cropMath'
import { cleanJpeg } from './formats/jpeg'
import { PhotoError } from './photoError'
import { sha256Of, type PhotoWarning, type PreparedPhoto, type Thumbnail } from './prepared'

const THUMBNAIL_SIDE = 320

export interface Draw {
  rotate?: Rotation
  /** Pixels of the rotated picture. */
  crop?: Rect
  /** Exact size of the result; without it, the crop's size within `maxSide`. */
  output?: Size
  maxSide: number
}

/** The part of the bitmap that is asked for, upright, on white: JPEG has no transparency and would turn it black. */
export function draw(bitmap: ImageBitmap, { rotate = 0, crop, output, maxSide }: Draw): OffscreenCanvas {
  const turned = rotatedSize(bitmap, rotate)
  const wanted = clampCrop(crop ?? { x: 0, y: 0, ...turned }, turned)
  const part = output ? fitAspect(wanted, output) : wanted
  const { width, height } = output ?? fitWithin(part, maxSide)
  if (!('OffscreenCanvas' in globalThis)) throw new PhotoError('old-browser')
  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.scale(width / part.width, height / part.height)
  context.translate(turned.width / 2 - part.x, turned.height / 2 - part.y)
  context.rotate((rotate * Math.PI) / 180)
  context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2)
  return canvas
}

export interface Finish {
  quality: number
  warnings?: PhotoWarning[]
  takenAt?: string | undefined
  stage?: (stage: 'encode' | 'check') => void
}

/** Encodes, removes what an encoder may have added, reads the result back and looks at it. */
export async function finish(canvas: OffscreenCanvas, options: Finish): Promise<PreparedPhoto> {
  const { quality, warnings = [], takenAt, stage } = options
  const { width, height } = canvas
  stage?.('encode')
  const bytes = await encode(canvas, quality)
  stage?.('check')
  const [sha256, thumbnail] = await Promise.all([sha256Of(bytes), thumbnailOf(bytes)])
  return {
    buf: bytes.buffer,
    type: 'image/jpeg',
    sha256,
    bytes: bytes.length,
    width,
    height,
    thumbnail,
    warnings,
    ...(takenAt ? { takenAt } : {}),
  }
}

export async function encode(canvas: OffscreenCanvas, quality: number): Promise<Uint8Array<ArrayBuffer>> {
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality })
  return cleanJpeg(new Uint8Array(await blob.arrayBuffer()))
}

/** Drawn from the bytes that will be stored, so that a canvas that lost its pixels (iOS) is noticed here. */
export async function thumbnailOf(bytes: Uint8Array<ArrayBuffer>): Promise<Thumbnail> {
  const bitmap = await bitmapOf(bytes, 'image/jpeg')
  try {
    const canvas = draw(bitmap, { maxSide: THUMBNAIL_SIDE })
    if (isBlank(pixelsOf(canvas))) throw new PhotoError('blank')
    const small = await encode(canvas, 0.7)
    return { buf: small.buffer, type: 'image/jpeg', width: canvas.width, height: canvas.height }
  } finally {
    bitmap.close()
  }
}

/**
 * Decodes what the browser can decode, turned upright as its metadata says.
 * `imageOrientation` is left out: turning is the default everywhere, and older browsers refuse the word 'from-image'.
 */
export function bitmapOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([bytes], { type }))
}

export function pixelsOf(canvas: OffscreenCanvas): Uint8ClampedArray {
  return contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height).data
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new PhotoError('old-browser')
  return context
}

/** All black or all white, within what JPEG's rounding changes. A lens cap still has noise, a lost canvas has none. */
export function isBlank(rgba: Uint8ClampedArray): boolean {
  let least = 255
  let most = 0
  for (let at = 0; at < rgba.length; at += 4)
    for (let channel = at; channel < at + 3; channel += 1) {
      const value = rgba[channel] ?? 0
      if (value < least) least = value
      if (value > most) most = value
    }
  return most <= 3 || least >= 252
}
