/** An answer that is no: thrown anywhere, sent as the one error shape (see errors.ts). */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly status: number,
    readonly code: string,
    /** For people, in Chinese. */
    message: string,
    readonly details?: unknown,
    /** Seconds, sent as Retry-After. */
    readonly retryAfter?: number,
  ) {
    super(message)
  }
}

/** Somebody else's thing and no thing look alike. */
export const notFound = () => new Refusal(404, 'not-found', '没有找到。可能已被删除，或者不属于当前登录的账号。')
