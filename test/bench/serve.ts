/** A static server for measuring: every text brotli-compressed once, hashed names cached for ever, deep links to index.html. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}
const compressible = /\.(html|js|css|svg|wasm|webmanifest)$/

export interface Site {
  origin: string
  /** Bytes of that path's body as it is sent; 0 when there is no such file. */
  sizeOf(path: string): Promise<number>
  close(): Promise<void>
}

/**
 * The form of the app allows 15 rows of experience, and other engines were measured with 50: only here the limit is raised.
 * Another build may spell it otherwise; then the button stays disabled and the row measurement fails loudly.
 */
const raised = (code: string) => code.replace('max:15,printed:5', 'max:60,printed:5')

/**
 * @param folders looked through in this order
 * @param replies bodies of the API, by path; any other path under /api answers 503, as a server that is down
 */
export async function serve(folders: string[], port: number, replies: Record<string, () => unknown> = {}): Promise<Site> {
  const kept = new Map<string, Promise<{ body: Buffer; name: string } | null>>()
  const find = (path: string) => {
    const known = kept.get(path) ?? read(folders, path)
    kept.set(path, known)
    return known
  }
  const server: Server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://bench')
    if (pathname.startsWith('/api/')) {
      const reply = replies[pathname]
      response.writeHead(reply ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(reply?.() ?? { code: 'down', message: '服务暂停', trace: 'bench' }))
      return
    }
    const found = (await find(pathname)) ?? (extname(pathname) ? null : await find('/index.html'))
    if (!found) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(found.name)] ?? 'application/octet-stream',
      'content-length': found.body.length,
      'cache-control': pathname.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(compressible.test(found.name) && { 'content-encoding': 'br' }),
    })
    response.end(found.body)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    // A name, not 127.0.0.1: service workers and storage want the same origin every time.
    origin: `http://localhost:${port}`,
    sizeOf: async (path) => (await find(path))?.body.length ?? 0,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function read(folders: string[], path: string): Promise<{ body: Buffer; name: string } | null> {
  const name = normalize(path === '/' ? '/index.html' : decodeURIComponent(path))
  for (const folder of folders) {
    const body = await readFile(join(folder, name)).catch(() => null)
    if (body) return { name, body: compressible.test(name) ? brotliCompressSync(name.endsWith('.js') ? raised(String(body)) : body) : body }
  }
  return null
}
