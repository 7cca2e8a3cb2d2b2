/** What comes out of the worker, ready to be stored and sent as it is. */
import type { FileFacts } from '../domain/forms/kinds'

/** Advice that never blocks; `warningText` says it in words. */
export type PhotoWarning =
  /** Bytes inside the picture are wrong: it shows, perhaps with a shifted strip. */
  | 'damaged'
  /** Too few pixels to be read well on paper. */
  | 'small'

export const warningText: Record<PhotoWarning, string> = {
  damaged: '照片文件有损坏，画面可能有错位。请放大看一看，看不清就重新拍一张。',
  small: '照片比较小，打印出来可能不清楚。有更清楚的照片的话，请换一张。',
}

/** Below this many pixels on the longer side a document can't be read on paper. */
export function isSmall({ width, height }: { width: number; height: number }): boolean {
  return Math.max(width, height) < 800
}

interface Prepared {
  /** Whoever stores this stores exactly these bytes: `sha256` (lower-case hex) is theirs. */
  buf: ArrayBuffer
  sha256: string
  bytes: number
  warnings: PhotoWarning[]
}

export interface Thumbnail {
  buf: ArrayBuffer
  type: 'image/jpeg'
  /** Pixels; the longer side is at most 320. */
  width: number
  height: number
}

export interface PreparedPhoto extends Prepared {
  type: 'image/jpeg'
  width: number
  height: number
  /** Drawn from the stored bytes: whoever sees it knows that they can be read. */
  thumbnail: Thumbnail
  /** Local wall time `YYYY-MM-DDTHH:mm:ss`, where the camera wrote it. */
  takenAt?: string
}

export interface PreparedPdf extends Prepared {
  type: 'application/pdf'
  pages: number
}

export type PreparedFile = PreparedPhoto | PreparedPdf

/** The part of a prepared file that crosses the network; the bytes stay where files are kept. */
export function factsOf(file: PreparedFile, name?: string): FileFacts {
  const { sha256, bytes } = file
  const named = name === undefined ? {} : { name }
  return file.type === 'application/pdf'
    ? { sha256, type: file.type, bytes, pages: file.pages, ...named }
    : { sha256, type: file.type, bytes, width: file.width, height: file.height, ...named }
}

/** Lower-case hex SHA-256, as the server computes it. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
