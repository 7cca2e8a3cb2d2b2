import type { IncomingMessage } from 'node:http'
import { randomBytes } from 'node:crypto'
import { ERRORS, Server, type CancellationContext } from '@tus/server'
import type { Context } from '../context'
import { errorBody, refusalOf } from '../http/errors'
import { Refusal } from '../http/refusal'
import { MAX_FILE_BYTES } from './own'
import { receive } from './receive'

export const UPLOADS = '/api/files'

/** tus speaks plain text; its refusals are given our one shape instead. */
class UploadServer extends Server {
  override write(context: CancellationContext, headers: Headers, status: number, body?: string) {
    if (status >= 400) headers.set('content-type', 'application/json; charset=utf-8')
    return super.write(context, headers, status, body)
  }
}

const busy = new Refusal(503, 'unavailable', '文件没有写完，稍后会自动再试。', undefined, 5)

/** @param traces the trace id of each request in hand; the error handler is out of reach behind `hijack` */
export function tusServer(context: Context, traces: WeakMap<IncomingMessage, string>): Server {
  return new UploadServer({
    path: UPLOADS,
    datastore: context.files.tus,
    relativeLocation: true,
    maxSize: MAX_FILE_BYTES,
    allowedOrigins: () => false,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomBytes(16).toString('hex'),
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

function fromTus({ status_code, body }: { status_code: number; body: string }): Refusal {
  if (body === ERRORS.FILE_WRITE_ERROR.body) return busy
  return new Refusal(status_code, 'upload', '上传中断了，会自动接着传。', body.trim())
}
