/** What can go wrong between phone and server, as one type with tags; texts are for people. */
import type { ApiError } from '../domain/api'

export class Unreachable extends Error {
  override readonly name: string = 'Unreachable'
  constructor(cause: unknown, message = '没有连上服务器，内容都在本机，联网后会自动再试') {
    super(message, { cause })
  }
}

/** A network that wants somebody to sign in to it first has answered in the server's place. */
export class CaptivePortal extends Unreachable {
  override readonly name = 'CaptivePortal'
  constructor(cause: unknown) {
    super(cause, '这个网络需要先登录（例如商场、宾馆 Wi-Fi），请打开浏览器完成登录，或改用流量。内容都在本机。')
  }
}

/** The server answered with an error of its own. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly status: number,
    readonly error: ApiError,
    /** Seconds after which it may be tried again, where the server said so. */
    readonly retryAfter?: number,
  ) {
    super(error.message)
  }
  get code(): string {
    return this.error.code
  }
}

/** The draft isn't in the database in use, because it moved to an account or another account came into use. */
export class DraftMissing extends Error {
  override readonly name = 'DraftMissing'
  constructor() {
    super('这份草稿不在当前账号里，刚才的内容还没有存上。请先登录原来的账号。')
  }
}

/** A sentence for people, whatever was thrown. */
export function sentenceOf(reason: unknown): string {
  if (isQuotaError(reason)) return '手机存储空间不够，这一处还没有存上。内容没有丢，会自动再试；请清理一些空间，先不要关掉应用。'
  return reason instanceof Error && /[\u4e00-\u9fff]/.test(reason.message) ? reason.message : '没有成功，请再试一次'
}

export function isQuotaError(reason: unknown): boolean {
  const names = [reason, (reason as { inner?: unknown } | null)?.inner].map((one) => (one as { name?: string } | null)?.name)
  return names.includes('QuotaExceededError')
}
