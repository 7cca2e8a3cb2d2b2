/** What a phone's requests are, without a browser around them. */

export interface Reply {
  status: number
  headers: Headers
  bytes: Buffer
}
/** No answer came: whether it arrived nobody knows. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

/** Where the server is now; it comes back at the same address. */
export interface Line {
  url: string
  cookie: string
  /** Told of every answer. */
  onReply(reply: Reply, path: string): void
}

export async function request({ url, cookie, onReply }: Line, method: string, path: string, body?: BodyInit, headers = {}): Promise<Reply> {
  let reply: Reply
  try {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(30_000),
    })
    reply = { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
  } catch (reason) {
    throw new Unanswered(`${method} ${path}`, { cause: reason })
  }
  onReply(reply, `${method} ${path}`)
  return reply
}

export const post = (line: Line, path: string, body: unknown, headers = {}) =>
  request(line, 'POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers })

export const json = <T>({ bytes }: Reply) => JSON.parse(bytes.toString()) as T

/** The code that the demonstration shows; resolves with the session's cookie. */
export async function signIn(line: Line, phone: string): Promise<string> {
  const { request, code } = json<{ request: string; code: string }>(await post(line, '/api/codes', { phone }))
  const reply = await post(line, '/api/sessions', { request, phone, code })
  if (reply.status !== 200) throw new Error(`Signing in: ${reply.status} ${reply.bytes.toString()}`)
  return (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}
