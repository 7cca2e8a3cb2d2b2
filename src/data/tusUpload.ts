/** A file to the server by tus, chunk by chunk, each with its checksum; where the line breaks, on from what came in. */
import { DetailedError, Upload as Tus, type HttpRequest, type HttpResponse } from 'tus-js-client'
import type { ApiError } from '../domain/api'
import { Refused, Unreachable } from './failure'
import { chunkSize, noteBreak, noteChunk } from './lineSpeed'
import type { Upload } from './port'

/** ms without any progress: a socket can stay open for ever and carry nothing. */
const STALLED = 20_000
/** ms before the next try on a line that broke. A try that got further than any before it begins the row anew. */
const PAUSES = [300, 1000, 3000]
/** Answers after which going on at once is right: another offset, gone, somebody else's turn, a damaged chunk. */
const PASSING = new Set([409, 410, 423, 460])

interface Attempt {
  /** Bytes that the server has said it has; -1: it has said nothing. */
  accepted: number
  failure: Error | null
  /** The line failed, not what came over it: it broke, or carried nothing for so long. */
  line?: 'broke' | 'stalled'
}

/**
 * Sends one file, going on where an earlier try stopped. Throws `Refused` (the server's own word) or `Unreachable`, after
 * several tries in a row that got nowhere; at once where nothing moved for 20 s, or where somebody else answered.
 */
export async function tusUpload(upload: Upload): Promise<void> {
  let { url } = upload
  const onUrl = (next: string) => upload.onUrl((url = next))
  let reached = -1
  for (let tries = 0; ; tries++) {
    const { accepted, failure, line } = await attempt({ ...upload, url, onUrl })
    if (!failure) return
    if (line) noteBreak()
    const further = accepted > reached
    reached = Math.max(reached, accepted)
    if (further) tries = 0
    const pause = PAUSES[tries]
    const atOnce = line === 'broke' || (line === 'stalled' && further)
    const passing = atOnce || (failure instanceof Refused && PASSING.has(failure.status))
    if (!passing || pause === undefined || upload.signal?.aborted) throw failure
    if (failure instanceof Refused && failure.code === WRONG) url = undefined
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random() / 2)))
  }
}

function attempt({ draft, sha256, type, buf, url, onUrl, onProgress, signal }: Upload): Promise<Attempt> {
  return new Promise((resolve) => {
    let watch: ReturnType<typeof setTimeout> | undefined
    let accepted = -1
    let sentAt = 0
    const end = (failure: Error | null, line?: Attempt['line']) => {
      clearTimeout(watch)
      signal?.removeEventListener('abort', stop)
      resolve({ accepted, failure, ...(line ? { line } : {}) })
    }
    const giveUp = (failure: Error, line?: Attempt['line']) => {
      void tus.abort()
      end(failure, line)
    }
    const stop = () => giveUp(new Unreachable(signal?.reason))
    const alive = () => {
      clearTimeout(watch)
      watch = setTimeout(() => giveUp(new Unreachable('no progress'), 'stalled'), STALLED)
    }
    const tus = new Tus(new Blob([buf], { type }), {
      endpoint: '/api/files',
      chunkSize: chunkSize(),
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: { draft, sha256, type },
      ...(url ? { uploadUrl: url } : {}),
      onUploadUrlAvailable: () => void (tus.url && onUrl(tus.url)),
      // The library has no checksums; the chunk is what it will cut out of the file next.
      onBeforeRequest: async (request) => {
        if (request.getMethod() !== 'PATCH') return
        const from = Number(request.getHeader('Upload-Offset'))
        accepted = Math.max(accepted, from)
        request.setHeader('Upload-Checksum', await checksumOf(buf.slice(from, from + (tus.options.chunkSize ?? buf.byteLength))))
        sentAt = Date.now()
      },
      onAfterResponse: (request, response) => assertUsable(request, response, buf.byteLength),
      onProgress: (sent) => {
        alive()
        onProgress(sent)
      },
      onChunkComplete: (size, now, all) => {
        if (size <= 0 || now > all) return giveUp(wrongOffset())
        accepted = now
        noteChunk(size, Date.now() - sentAt)
        tus.options.chunkSize = chunkSize()
      },
      onSuccess: () => end(null),
      onError: (reason) => end(failureOf(reason), broke(reason) ? 'broke' : undefined),
    })
    signal?.addEventListener('abort', stop)
    alive()
    tus.start()
  })
}

async function checksumOf(chunk: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', chunk))
  return `sha256 ${btoa(String.fromCharCode(...hash))}`
}

/**
 * Where an upload can't be asked for, the library begins a new one whatever the answer was: a busy server or a portal's
 * page would cost all that had been sent. Only what says that the upload is gone may do that.
 */
function assertUsable(request: HttpRequest, response: HttpResponse, bytes: number): void {
  if (request.getMethod() !== 'HEAD') return
  const status = response.getStatus()
  if (status >= 500 || status < 200 || [401, 403, 408, 423, 425, 429].includes(status)) throw new Unreachable(status)
  if (status >= 300) return
  const [offset, length] = ['Upload-Offset', 'Upload-Length'].map((name) => Number(response.getHeader(name) ?? Number.NaN))
  if (Number.isNaN(offset)) throw new Unreachable('no offset')
  // Another file's upload, or nonsense: going on with it would never end.
  if (length !== bytes || (offset ?? 0) > bytes) throw wrongOffset()
}

const broke = (reason: Error | DetailedError) =>
  reason instanceof DetailedError && !reason.originalResponse && !isOurs(reason.causingError)
const isOurs = (reason: unknown) => reason instanceof Refused || reason instanceof Unreachable

function failureOf(reason: Error | DetailedError): Error {
  if (!(reason instanceof DetailedError)) return new Unreachable(reason)
  if (reason.causingError && isOurs(reason.causingError)) return reason.causingError
  const response = reason.originalResponse
  const error = response && errorIn(response.getBody())
  // What isn't our server's own word (a portal's page, a proxy's) says nothing about the file.
  if (!response || !error || response.getStatus() < 400) return new Unreachable(reason)
  const retryAfter = Number(response.getHeader('Retry-After') ?? Number.NaN)
  return new Refused(response.getStatus(), error, Number.isFinite(retryAfter) ? retryAfter : undefined)
}

function errorIn(body: string): ApiError | null {
  try {
    const error = JSON.parse(body) as Partial<ApiError> | null
    return typeof error?.code === 'string' && typeof error.message === 'string' ? (error as ApiError) : null
  } catch {
    return null
  }
}

const WRONG = 'wrong-offset'
const wrongOffset = () => new Refused(460, { code: WRONG, message: '上传没有对上，会自动重新开始', trace: '' })
