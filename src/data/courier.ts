/** Packages over HTTP, with how far they are; a line without any progress counts as broken. */
import type { ApiError } from '../domain/api'
import { Refused, Unreachable } from './failure'
import type { Courier } from './handover'
import { ask, get } from './httpWire'

/** ms, as for uploads: a socket can stay open for ever and carry nothing. */
const STALLED = 20_000

export const httpCourier: Courier = {
  give: (id, file, onProgress, signal) =>
    watched(signal, (alive, abort) =>
      ask({
        method: 'post',
        url: '/handovers',
        data: file,
        timeout: 0,
        signal: abort,
        headers: { 'Content-Type': 'application/octet-stream', 'X-Handover': id },
        onUploadProgress: ({ loaded }) => {
          alive()
          onProgress(loaded)
        },
      }),
    ),
  state: (id) => get(`/handovers/${id}/state`),
  take: (id, parts, onProgress, signal) => watched(signal, (alive, abort) => take(id, parts, alive, onProgress, abort)),
  done: (id) => ask({ method: 'delete', url: `/handovers/${id}`, data: {} }),
}

/** Runs work that says when it makes progress; ended by its user, or by silence. */
async function watched<T>(
  signal: AbortSignal | undefined,
  work: (alive: () => void, abort: AbortSignal) => Promise<T>,
): Promise<T> {
  const control = new AbortController()
  const stop = () => control.abort()
  let watch: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(watch)
    watch = setTimeout(stop, STALLED)
  }
  signal?.addEventListener('abort', stop)
  alive()
  try {
    return await work(alive, control.signal)
  } finally {
    clearTimeout(watch)
    signal?.removeEventListener('abort', stop)
  }
}

async function take(
  id: string,
  parts: Blob[],
  alive: () => void,
  onProgress: (got: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let got = parts.reduce((sum, part) => sum + part.size, 0)
  try {
    const headers: HeadersInit = got > 0 ? { Range: `bytes=${got}-` } : {}
    const reply = await fetch(`/api/handovers/${id}`, { cache: 'no-store', signal, headers })
    // All of it was here already.
    if (reply.status === 416 && got > 0) return
    if (!reply.ok) throw await refusalIn(reply)
    const type = reply.headers.get('content-type') ?? ''
    if (!type.startsWith('application/octet-stream') || !reply.body) throw new Unreachable('not a package')
    if (reply.status === 200 && got > 0) {
      parts.length = 0
      got = 0
    }
    const reader = reply.body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      alive()
      // As a Blob, which the browser may keep on disk.
      parts.push(new Blob([value]))
      onProgress((got += value.length))
    }
  } catch (reason) {
    throw reason instanceof Refused || reason instanceof Unreachable ? reason : new Unreachable(reason)
  }
}

async function refusalIn(reply: Response): Promise<Error> {
  const error = (await reply.json().catch(() => null)) as Partial<ApiError> | null
  return typeof error?.code === 'string' ? new Refused(reply.status, error as ApiError) : new Unreachable(reply.status)
}
