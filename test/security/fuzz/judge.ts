import { request } from 'node:http'
import type { Agent } from 'node:http'
import type { FuzzRequest } from './request'

export interface Reply {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  ms: number
}

/** Longer than anything here may take; a request without an answer is a fault of its own. */
const PATIENCE = 20_000

/** Sends it as it is; a server that hangs up without a word answers with status 0. */
export function send(port: number, agent: Agent, { method, path, headers, body }: FuzzRequest): Promise<Reply> {
  const began = performance.now()
  return new Promise((resolve) => {
    const failed = (text: string) => resolve({ status: 0, headers: {}, text, ms: performance.now() - began })
    const sent = request({
      host: '127.0.0.1',
      port,
      agent,
      method,
      path,
      headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) },
    }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on(
        'end',
        () => resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          text: Buffer.concat(parts).toString(),
          ms: performance.now() - began,
        }),
      )
      reply.on('error', (error) => failed(error.message))
    })
    sent.setTimeout(PATIENCE, () => sent.destroy(new Error('no answer')))
    sent.on('error', (error) => failed(error.message))
    sent.end(body ?? undefined)
  })
}

/** Traces of the inside: stacks, paths of the machine, names of libraries, SQL and its errors. */
const inside = [
  /\n\s+at |\.(ts|js|mjs):\d+|node_modules|mock-server|dist-server|\/(tmp|root|home|var|usr|work)\//i,
  /\bselect\b.+\bfrom\b|insert into|syntax error|violates|pg_|relation "|column "|drizzle|postgres/i,
  /(Type|Range|Syntax|Reference)Error|Cannot read|is not a function|FST_ERR|ECONN|ENOENT|EACCES|ajv/i,
  /must (be|have|match|NOT)/i,
]

/** What is wrong with an answer, or null. */
export function faultIn({ method, path }: FuzzRequest, { status, headers, text }: Reply): string | null {
  if (status === 0) return `no answer: ${text}`
  // Half a thousand packages at a time: what comes then is told to come later.
  const full = status === 503 && path.startsWith('/api/handovers') && text.includes('"busy"')
  if (status >= 500 && !full) return `status ${status}`
  if (headers['x-content-type-options'] !== 'nosniff' && status !== 431) return 'without nosniff'
  if (headers['cache-control'] !== 'no-store' && path.startsWith('/api/') && status !== 431) return 'may be cached'
  if (status < 400) return null
  const told = inside.map((one) => one.exec(text)?.[0]).find(Boolean)
  if (told) return `tells of the inside: ${told}`
  if (method === 'HEAD') return null
  return shapeFault(text)
}

function shapeFault(text: string): string | null {
  try {
    const { code, message, trace, details: _, ...more } = JSON.parse(text) as Record<string, unknown>
    const traced = /^[0-9a-f-]{36}$/.test(String(trace))
    const good = typeof code === 'string' && typeof message === 'string' && /[\u4e00-\u9fff]/.test(message) && traced
    return good && Object.keys(more).length === 0 ? null : 'an error of another shape'
  } catch {
    return 'an error that is no JSON'
  }
}
