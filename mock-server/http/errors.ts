import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import type { ApiError } from '../../src/domain/api'
import { Refusal } from './refusal'

/** What the framework refuses by itself, in our words. */
const byCode: Record<string, Refusal> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Refusal(413, 'too-large', '一次发送的内容太多，请分开再试。'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Refusal(415, 'json-only', '这里只接受 JSON。'),
  FST_ERR_NOT_FOUND: new Refusal(404, 'not-found', '没有这个地址。'),
}
const badRequest = new Refusal(400, 'bad-request', '请求的内容不对，请刷新页面后再试。')
const tooMany = (seconds: number) => new Refusal(429, 'too-many', '操作太频繁，请稍后再试。', undefined, seconds)
const unavailable = new Refusal(503, 'unavailable', '服务器暂时忙，内容都在手机里，稍后会自动再试。', undefined, 5)
const full = new Refusal(507, 'storage-full', '服务器存储空间不足，内容都在手机里，请稍后再试。', undefined, 60)
const unexpected = new Refusal(500, 'unexpected', '服务器出了点问题，内容都在手机里，请稍后再试。')

/** Every reply that is an error has this shape. */
export function errorBody({ code, message, details }: Refusal, trace: string): ApiError {
  return { code, message, trace, ...(details === undefined ? {} : { details }) }
}

/** The refusal that stands for anything thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code && byCode[code]) return byCode[code]
  const fault = databaseFault(error)
  if (fault) return fault
  if (statusCode === 429) return tooMany((error as { retryAfter?: number }).retryAfter ?? 60)
  return statusCode && statusCode >= 400 && statusCode < 500 ? badRequest : unexpected
}

function databaseFault(error: unknown): Refusal | null {
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown }
  // 53100 disk full; 08, 57P: connections that broke or a server that is going; 55P03, 57014: waited too long.
  if (code === '53100' || code === 'ENOSPC') return full
  if (typeof code === 'string' && /^(08|57P|53|55P03|57014|40001|40P01|ECONN|ENOTFOUND|EPIPE)/.test(code)) return unavailable
  const lost =
    typeof message === 'string' && /^(timeout exceeded when trying|Connection terminated|Client has encountered)/.test(message)
  return lost ? unavailable : null
}

/** Headers of answers that the hooks never see. */
const bare = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'" }

/** An address that can't be read: the framework would repeat it in its answer. */
export function answerUnroutable(_: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).headers(bare).send(errorBody(badRequest, request.id))
}

const brokenBy: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** What is no HTTP at all never reaches a route, or the logs of one. */
export function answerBrokenRequests(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const status = brokenBy[error.code ?? ''] ?? '400 Bad Request'
  const body = JSON.stringify(errorBody(badRequest, randomUUID()))
  const type = 'application/json; charset=utf-8'
  const about = { ...bare, 'content-type': type, 'content-length': Buffer.byteLength(body), connection: 'close' }
  const headers = Object.entries(about).map(([name, value]) => `${name}: ${value}`)
  if (socket.writable) socket.end([`HTTP/1.1 ${status}`, ...headers, '', body].join('\r\n'))
}

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal.status >= 500) request.log.error({ trace: request.id, err: error }, refusal.code)
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(refusal.retryAfter))
    return reply.code(refusal.status).send(errorBody(refusal, request.id))
  })
}
