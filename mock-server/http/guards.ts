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
    const site = request.headers['sec-fetch-site']
    const navigation =
      request.method === 'GET' &&
      request.headers['sec-fetch-mode'] === 'navigate' &&
      request.headers['sec-fetch-dest'] === 'document'
    // Links from a chat or a QR code are navigations; nothing else comes from other sites.
    done(site === 'cross-site' && !navigation ? new Refusal(403, 'cross-site', '请在匠申的页面里操作。') : undefined)
  })
  // Without this parser, what isn't JSON is 415: a form on another site can't send JSON without being asked first.
  app.removeContentTypeParser('text/plain')
}
