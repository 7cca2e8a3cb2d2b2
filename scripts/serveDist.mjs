import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Serves the built app on a free port of this machine, as the real server does: brotli, pages fall back to index.html,
 * a missing file is 404, and the API can't be reached.
 * @param {string} [root] the folder of the built app
 * @returns {Promise<{ url: string, close: () => Promise<unknown> }>}
 */
export async function serveDist(root = 'dist') {
  const server = createServer((request, reply) => {
    answer(request, reply).catch(() => reply.headersSent || reply.writeHead(500).end())
  })
  const answer = async (request, reply) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname.startsWith('/api/')) return reply.writeHead(503).end()
    const wanted = join(root, normalize(pathname))
    const isFile = existsSync(wanted) && (await stat(wanted)).isFile()
    if (!isFile && extname(pathname)) return reply.writeHead(404).end()
    const file = isFile ? wanted : join(root, 'index.html')
    const compressed = existsSync(`${file}.br`)
    reply.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(compressed && { 'content-encoding': 'br' }),
    })
    reply.end(request.method === 'HEAD' ? undefined : await readFile(compressed ? `${file}.br` : file))
  }
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  }
}
