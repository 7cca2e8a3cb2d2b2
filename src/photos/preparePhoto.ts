/** From a picked file to the JPEG that is stored (design: Photos and scans). Runs in the worker. */
import { takenAt } from './exif'
import { decodeHeic } from './heic'
import { PhotoError } from './photoError'
import { bitmapOf, draw, finish } from './picture'
import { isSmall, type PhotoWarning, type PreparedPhoto } from './prepared'
import type { Picture } from './sniff'

/** What the screen may show while it waits. */
export type Stage = 'read' | 'decode' | 'scale' | 'encode' | 'check'

export interface Progress {
  signal: AbortSignal
  stage: (stage: Stage) => void
}

export interface PhotoOptions {
  /** Pixels of the longer side at most. */
  maxSide: number
  /** JPEG quality, 0 to 1. */
  quality: number
}

/** Decoded, a pixel takes four bytes: more than this no cheap phone can hold. */
export const MAX_PIXELS = 100_000_000

/** @throws PhotoError when the picture can't be used, the signal's reason when it was aborted */
export async function preparePhoto(
  bytes: Uint8Array<ArrayBuffer>,
  picture: Picture,
  { maxSide, quality }: PhotoOptions,
  { signal, stage }: Progress,
): Promise<PreparedPhoto> {
  const pixels = (picture.width ?? 0) * (picture.height ?? 0)
  if (pixels > MAX_PIXELS) throw new PhotoError('too-many-pixels', { pixels })
  if (!picture.complete) throw new PhotoError('truncated')
  stage('decode')
  const bitmap = await decode(bytes, picture)
  try {
    signal.throwIfAborted()
    stage('scale')
    const canvas = draw(bitmap, { maxSide })
    bitmap.close() // at once: encoding needs memory too
    const warnings: PhotoWarning[] = picture.damaged ? ['damaged'] : []
    if (isSmall(canvas)) warnings.push('small')
    return await finish(canvas, { quality, warnings, takenAt: takenAt(bytes), stage })
  } finally {
    bitmap.close()
  }
}

async function decode(bytes: Uint8Array<ArrayBuffer>, { format }: Picture): Promise<ImageBitmap> {
  try {
    return await bitmapOf(bytes, `image/${format}`)
  } catch (cause) {
    // Safari decodes HEIC itself, quicker; everybody else takes the decoder.
    if (format === 'heic' || format === 'avif') return decodeHeic(bytes).catch(asUndecodable)
    return asUndecodable(cause)
  }
}

function asUndecodable(cause: unknown): never {
  throw cause instanceof PhotoError ? cause : new PhotoError('undecodable', {}, { cause })
}
