import type { IncomingMessage } from 'node:http'
import { randomBytes, randomUUID } from 'node:crypto'
import { ERRORS, Server, type CancellationContext, type Locker } from '@tus/server'
import type { Context } from '../context'
import { errorBody, refusalOf } from '../http/errors'
import { Refusal } from '../http/refusal'
import { MAX_FILE_BYTES } from './own'
import { receive, uploadFacts } from './receive'
import { begun } from './unfinished'

export const UPLOADS = '/api/files'

/** tus speaks plain text, and to other sites; its refusals are given our one shape instead, and other sites no word. */
class UploadServer extends Server {
  override write(context: CancellationContext, headers: Headers, status: number, body?: string) {
    const foreign = [...headers.keys()].filter((name) => name.startsWith('access-control-'))
    for (const name of foreign) headers.delete(name)
    if (status >= 400) {
      headers.set('content-type', 'application/json; charset=utf-8')
      // What it refuses before it asks us.
      if (!body?.startsWith('{')) return super.write(context, headers, status, wrapped(status, body))
    }
    return super.write(context, headers, status, body)
  }
}

/** Its own failures that have nothing to do with the file. */
const passing = new Set<string>([ERRORS.FILE_WRITE_ERROR.body, ERRORS.ERR_LOCK_TIMEOUT.body, ERRORS.ABORTED.body])
const busy = new Refusal(503, 'unavailable', '文件没有写完，稍后会自动再试。', undefined, 5)

/**
 * All verbs but PATCH, which is ours (chunk.ts): the library drops what it holds when the line breaks, and has no
 * checksums.
 * @param traces the trace id of each request in hand; the error handler is out of reach behind `hijack`
 */
export function tusServer(context: Context, locker: Locker, traces: WeakMap<IncomingMessage, string>): Server {
  const { tus } = context.files
  tus.extensions = ['creation', 'creation-with-upload', 'termination', 'checksum']
  return new UploadServer({
    path: UPLOADS,
    datastore: tus,
    locker,
    relativeLocation: true,
    maxSize: MAX_FILE_BYTES,
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomBytes(16).toString('hex'),
    onUploadCreate: async (_, { id, metadata, size = 0 }) => {
      await begun(context, id, uploadFacts(metadata).draft, size)
      return {}
    },
    onUploadFinish: async (_, upload) => {
      await receive(context, upload)
      return {}
    },
    onResponseError: (request, error) => {
      const refusal = 'status_code' in error ? fromTus(error) : refusalOf(error)
      const trace = traces.get(request.runtime?.node?.req as IncomingMessage) ?? ''
      return { status_code: refusal.status, body: JSON.stringify(errorBody(refusal, trace)) }
    },
  })
}

const wrapped = (status_code: number, body = '') => JSON.stringify(errorBody(fromTus({ status_code, body }), randomUUID()))

function fromTus({ status_code, body }: { status_code: number; body: string }): Refusal {
  if (passing.has(body)) return busy
  return new Refusal(status_code, 'upload', '上传中断了，会自动接着传。', body.trim())
}
