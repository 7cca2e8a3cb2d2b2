import type { FastifyRequest } from 'fastify'
import type { LoggerOptions } from 'pino'

/** One line per request: no address, no body, no query, no cookie, no phone number. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: null,
    redact: ['req.headers', 'res.headers', 'phone', '*.phone', 'code', '*.code'],
    serializers: {
      req: ({ method, url }: FastifyRequest) => ({ method, path: withoutNumbers(url.split('?')[0] ?? '') }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
      // A database error repeats the values that it was given: only its kind is told.
      err: (error: Error & { code?: string }) => ({ type: error.name, code: codeOf(error), stack: frames(error) }),
    },
  }
}

const codeOf = (error: Error & { code?: string }) => (error.cause as { code?: string } | undefined)?.code ?? error.code
const frames = ({ stack = '' }: Error) =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
/** Nobody should put a phone or identity number into an address; if one does, it isn't kept. */
const withoutNumbers = (path: string) => path.replace(/\d{11,}[Xx]?/g, '***')
