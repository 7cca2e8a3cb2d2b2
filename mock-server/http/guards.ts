import type { FastifyInstance } from 'fastify'
import { Refusal } from './refusal'

declare module 'fastify' {
  interface FastifyRequest {
    /** When the request arrived by the server's clock, ms: taken before anything is awaited. */
    arrivedAt: number
  }
}

export const isApi = (url: string) => url === '/api' || url.startsWith('/api/') || url.startsWith('/api?')

/** Checks that hold for every request, and headers that every reply of the API carries. */
export function guard(app: FastifyInstance, arrival: () => number): void {
  app.decorateRequest('arrivedAt', 0)
  app.addHook('onRequest', (request, reply, done) => {
    request.arrivedAt = arrival()
    if (isApi(request.url)) reply.header('cache-control', 'no-store')
    reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()')
    done()
  })
  // Without this parser, what isn't JSON is 415: a form on another site can't send JSON without being asked first.
  app.removeContentTypeParser('text/plain')
}

/** Links from a chat or a QR code are navigations; nothing else comes from other sites, also those of the same city. */
export function refuseOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _, done) => {
    const site = request.headers['sec-fetch-site'] ?? 'none'
    const own = site === 'same-origin' || site === 'none'
    const navigation =
      request.method === 'GET' &&
      request.headers['sec-fetch-mode'] === 'navigate' &&
      request.headers['sec-fetch-dest'] === 'document'
    done(own || navigation ? undefined : new Refusal(403, 'cross-site', '请在匠申的页面里操作。'))
  })
}
