import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { errorBody } from './errors'
import { isApi } from './guards'
import { Refusal } from './refusal'

const missing = new Refusal(404, 'not-found', '没有这个地址。')

/** Serves the built app: its pages are index.html, a file that isn't there is 404 and never a page. */
export async function serveWeb(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  if (webRoot)
    await app.register(fastifyStatic, {
      root: webRoot,
      cacheControl: false,
      preCompressed: true,
      // Hashed names never change their content; all else is asked for again each time.
      setHeaders: (reply, path) =>
        reply.setHeader('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  app.setNotFoundHandler((request, reply) => {
    if (webRoot && isNavigation(request)) return reply.sendFile('index.html')
    return reply.code(404).send(errorBody(missing, request.id))
  })
}

function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || isApi(url)) return false
  const [path = ''] = url.split('?')
  if (path.startsWith('/assets/') || path.slice(path.lastIndexOf('/')).includes('.')) return false
  const mode = headers['sec-fetch-mode']
  return mode ? mode === 'navigate' : Boolean(headers.accept?.includes('text/html'))
}
