/** Photos and scans: bytes in, bytes out. Everything heavy happens in one worker; nothing here stores anything. */
import type { Edit } from './editPhoto'
import type { Page } from './joinPages'
import { createPhotoWorker, spawnPhotoWorker, type Watch } from './photoWorker'
import type { FileKind } from './prepareFile'
import type { PreparedFile, PreparedPdf, PreparedPhoto, Thumbnail } from './prepared'
import type { RedBackground } from './redShare'

export { clampCrop, fitAspect, portraitCrop, portraitSize, rotatedSize, type Rect, type Rotation, type Size } from './cropMath'
export { PhotoError, type PhotoErrorCode } from './photoError'
export { factsOf, warningText } from './prepared'
export type { PhotoWarning, PreparedFile, PreparedPdf, PreparedPhoto, Thumbnail } from './prepared'
export type { Edit, FileKind, Page, RedBackground, Watch }
export type { Stage } from './preparePhoto'

const worker = createPhotoWorker(spawnPhotoWorker)

export interface PrepareOptions extends Watch {
  /** Pixels of the longer side at most. */
  maxSide?: number
  /** JPEG quality, 0 to 1. */
  quality?: number
}

/**
 * A picked or photographed file, made ready to be stored: photos upright, at most 2560 px, JPEG without any metadata;
 * PDF files (kind `scan` only) checked and unchanged.
 * @throws PhotoError whose message may be shown; the signal's reason when it was aborted
 */
export function prepare(source: Blob, kind: 'photo', options?: PrepareOptions): Promise<PreparedPhoto>
export function prepare(source: Blob, kind: FileKind, options?: PrepareOptions): Promise<PreparedFile>
export function prepare(source: Blob, kind: FileKind, { maxSide = 2560, quality = 0.85, ...watch }: PrepareOptions = {}) {
  return worker.run('prepare', { source, kind, options: { maxSide, quality } }, watch)
}

/** A stored photo rotated and cropped; a new file, the given bytes stay as they are. */
export function edit(buf: ArrayBuffer, change: Edit, watch?: Watch): Promise<PreparedPhoto> {
  return worker.run('edit', { buf, edit: change }, watch)
}

/** Stored photos as the A4 pages of one PDF of at most 10 MB, in the given order. */
export function join(pages: readonly Page[], watch?: Watch): Promise<PreparedPdf> {
  return worker.run('join', { pages }, watch)
}

/** The small picture of a stored photo that came from another phone. @throws PhotoError when the bytes are no picture */
export function thumbnail(buf: ArrayBuffer, watch?: Watch): Promise<Thumbnail> {
  return worker.run('thumbnail', { buf }, watch)
}

/** Whether a portrait stands before red; advice only, light and cameras differ. */
export function redBackground(buf: ArrayBuffer, watch?: Watch): Promise<RedBackground> {
  return worker.run('redBackground', { buf }, watch)
}
