import { DetailedError, Upload as Tus } from 'tus-js-client'
import type { ApiError } from '../domain/api'
import { Refused, Unreachable } from './failure'
import type { Upload } from './port'

/** Small enough that little is sent twice on a bad line, large enough not to crawl on a good one. */
const CHUNK = 256 * 1024
/** ms without any progress: a socket can stay open for ever and carry nothing. */
const STALLED = 20_000

/** Sends one file, going on where an earlier try stopped. Throws `Refused` (the file is not wanted) or `Unreachable`. */
export function tusUpload({ draft, sha256, type, buf, url, onUrl, onProgress, signal }: Upload): Promise<void> {
  return new Promise((resolve, reject) => {
    let watch: ReturnType<typeof setTimeout> | undefined
    const alive = () => {
      clearTimeout(watch)
      watch = setTimeout(() => giveUp('no progress'), STALLED)
    }
    const upload = new Tus(new Blob([buf], { type }), {
      endpoint: '/api/files',
      chunkSize: CHUNK,
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: { draft, sha256, type },
      ...(url ? { uploadUrl: url } : {}),
      onUploadUrlAvailable: () => void (upload.url && onUrl(upload.url)),
      onProgress: (sent) => {
        alive()
        onProgress(sent)
      },
      onSuccess: () => {
        clearTimeout(watch)
        resolve()
      },
      onError: (reason) => {
        clearTimeout(watch)
        reject(failureOf(reason))
      },
    })
    function giveUp(reason: unknown) {
      clearTimeout(watch)
      void upload.abort()
      reject(new Unreachable(reason))
    }
    signal?.addEventListener('abort', () => giveUp(signal.reason))
    alive()
    upload.start()
  })
}

function failureOf(reason: Error | DetailedError): Error {
  const response = reason instanceof DetailedError ? reason.originalResponse : null
  const status = response?.getStatus() ?? 0
  // 409, 410, 423: another offset, an upload that is gone, a lock; the next round starts from what the server says.
  if (!response || status === 0 || status >= 500 || [404, 409, 410, 423, 429].includes(status)) return new Unreachable(reason)
  return new Refused(status, errorIn(response.getBody()))
}

function errorIn(body: string): ApiError {
  try {
    return JSON.parse(body) as ApiError
  } catch {
    return { code: 'refused', message: '服务器没有接受这个文件，请换一张再试', trace: '' }
  }
}
