/** The one door for picked files: read, sniffed, measured, and then the way of its kind. Runs in the worker. */
import { PhotoError } from './photoError'
import type { PreparedFile } from './prepared'
import { preparePhoto, type PhotoOptions, type Progress } from './preparePhoto'
import { sniff } from './sniff'

/** photo: pictures only; scan: pictures or PDF files. */
export type FileKind = 'photo' | 'scan'

/** A photo is shrunk, so that its file may be far larger than what is kept; reading more than this ends cheap phones. */
const MAX_PHOTO_BYTES = 80 * 1024 * 1024
/** A PDF is sent as it is: the server takes no more (security: 10 MB per file). */
export const MAX_PDF_BYTES = 10 * 1024 * 1024

/** @throws PhotoError when the file can't be used, the signal's reason when it was aborted */
export async function prepareFile(
  source: Blob,
  kind: FileKind,
  options: PhotoOptions,
  progress: Progress,
): Promise<PreparedFile> {
  if (source.size > MAX_PHOTO_BYTES) throw new PhotoError('too-large', { bytes: source.size, limit: MAX_PHOTO_BYTES })
  progress.stage('read')
  const bytes = await read(source)
  progress.signal.throwIfAborted()
  const found = sniff(bytes)
  switch (found.kind) {
    case 'picture':
      return preparePhoto(bytes, found, options, progress)
    case 'empty':
    case 'svg':
      throw new PhotoError(found.kind)
    case 'other':
      throw new PhotoError(kind === 'scan' ? 'not-a-scan' : 'not-a-picture', found.what ? { what: found.what } : {})
    case 'pdf': {
      if (kind === 'photo') throw new PhotoError('pdf-for-photo')
      if (bytes.length > MAX_PDF_BYTES) throw new PhotoError('pdf-too-large', { bytes: bytes.length, limit: MAX_PDF_BYTES })
      const { preparePdf } = await import('./preparePdf').catch(withoutLibrary)
      return preparePdf(bytes)
    }
  }
}

/** A file of a cloud album may be a name only, and the camera's may be gone: both fail when read. */
async function read(source: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await source.arrayBuffer())
  } catch (cause) {
    throw new PhotoError('unreadable', {}, { cause })
  }
}

/** 250 kB of PDF library come only for those who need it, and may not be there yet when the network isn't. */
export function withoutLibrary(cause: unknown): never {
  throw new PhotoError('pdf-library-missing', {}, { cause })
}
