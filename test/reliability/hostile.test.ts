/** The phone's uploader before servers and lines that answer nonsense. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { phoneAt, type Phone } from './phone'

vi.setConfig({ testTimeout: 20_000 })

type Answer = (request: IncomingMessage, body: Buffer, reply: ServerResponse) => void
const bytes = 100_000
const json = { 'content-type': 'application/json' }
const open: { server: Server; phone: Phone }[] = []
afterEach(() => {
  for (const { server, phone } of open.splice(0)) {
    phone.switchOff()
    server.closeAllConnections()
    server.close()
  }
})

interface Asked {
  method: string
  url: string
  length: number
}

/** A server that follows the protocol wherever nothing else is said. */
async function against(answers: Partial<Record<'HEAD' | 'POST' | 'PATCH', Answer>>) {
  const asked: Asked[] = []
  const files = new Map<string, number>()
  const normal: Record<string, Answer> = {
    POST: (_, __, reply) => {
      const url = `/api/files/new${files.size}`
      files.set(url, 0)
      reply.writeHead(201, { location: url }).end()
    },
    HEAD: ({ url = '' }, _, reply) => {
      const offset = files.get(url)
      if (offset === undefined) reply.writeHead(404).end()
      else reply.writeHead(200, { 'upload-offset': offset, 'upload-length': bytes }).end()
    },
    PATCH: ({ url = '' }, body, reply) => {
      const offset = files.get(url)
      if (offset === undefined) return reply.writeHead(404, json).end('{"code":"not-found","message":"没有找到","trace":""}')
      files.set(url, offset + body.length)
      return reply.writeHead(204, { 'upload-offset': offset + body.length }).end()
    },
  }
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const { method = '', url = '' } = request
      asked.push({ method, url, length: body.length })
      ;(answers[method as 'HEAD'] ?? normal[method])?.(request, body, reply)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const phone = await phoneAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  open.push({ server, phone })
  const urls: string[] = []
  const upload = async (url?: string) => {
    const wire = await phone.wire()
    const onUrl = async (now: string) => void urls.push(now)
    const what = { draft: 'd', sha256: 'x', type: 'image/jpeg', buf: new ArrayBuffer(bytes), onUrl, onProgress: () => undefined }
    return wire.upload(url ? { ...what, url } : what).then(() => 'done', wordsOf)
  }
  return { upload, asked, files, urls }
}
function wordsOf({ name, status, retryAfter }: Error & { status?: number; retryAfter?: number }): string {
  return [name, status, retryAfter && `again in ${retryAfter} s`].filter(Boolean).join(' ')
}
const stands = (offset: number, length: number): Answer => (_, __, reply) =>
  reply.writeHead(200, { 'upload-offset': offset, 'upload-length': length }).end()
const portal: Answer = (_, __, reply) => reply.writeHead(200, { 'content-type': 'text/html' }).end('<html>请登录无线网</html>')
const refusal = (status: number, code: string, headers = {}): Answer => (_, __, reply) =>
  reply.writeHead(status, { ...json, ...headers }).end(JSON.stringify({ code, message: '不行', trace: '' }))

it.each([
  'HEAD',
  'POST',
  'PATCH',
] as const)('fault 16: a portal’s page in place of an answer to %s is a failure, and the address is kept', async (method) => {
  const { upload, files, urls } = await against({ [method]: portal })
  files.set('/api/files/old', 40_000)
  expect(await upload(method === 'POST' ? undefined : '/api/files/old')).toBe('Unreachable')
  expect(urls.filter((url) => !url.endsWith('/old'))).toEqual([])
})

it('a proxy’s own error page says nothing about the file', async () => {
  const page: Answer = (_, __, reply) => reply.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413</h1>')
  const { upload } = await against({ PATCH: page })
  expect(await upload()).toBe('Unreachable')
})

it('fault 4: goes on from what the server has', async () => {
  const { upload, asked, files } = await against({})
  files.set('/api/files/old', 60_000)
  expect(await upload('/api/files/old')).toBe('done')
  expect(asked).toEqual([expect.objectContaining({ method: 'HEAD' }), { method: 'PATCH', url: '/api/files/old', length: 40_000 }])
})

it.each([404, 410])('fault 38: an address that is gone (%i) is left, and the file begins anew under another', async (status) => {
  const gone: Answer = (request, body, reply) =>
    request.url?.endsWith('/old') ? reply.writeHead(status).end() : stands(0, bytes)(request, body, reply)
  const { upload, files, urls } = await against({ HEAD: gone })
  expect(await upload('/api/files/old')).toBe('done')
  expect(urls.at(-1)).toMatch(/\/api\/files\/new0$/)
  expect([...files.values()]).toEqual([bytes])
})

it('an address that vanishes between question and chunk is left too', async () => {
  let asked = 0
  const vanished = refusal(410, 'gone')
  const { upload, files } = await against({
    HEAD: ({ url = '' }, _, reply) => {
      asked += 1
      if (url.endsWith('/old') && asked > 1) reply.writeHead(404).end()
      else reply.writeHead(200, { 'upload-offset': 0, 'upload-length': bytes }).end()
    },
    PATCH: (request, body, reply) => {
      if (request.url?.endsWith('/old')) return vanished(request, body, reply)
      files.set(request.url ?? '', body.length)
      return reply.writeHead(204, { 'upload-offset': body.length }).end()
    },
  })
  expect(await upload('/api/files/old')).toBe('done')
  expect(files.get('/api/files/new0')).toBe(bytes)
})

it('a server that is busy when asked where to go on costs nothing of what was sent', async () => {
  const busy: Answer = (_, __, reply) => reply.writeHead(503).end()
  const { upload, asked } = await against({ HEAD: busy })
  expect(await upload('/api/files/old')).toBe('Unreachable')
  expect(asked.map(({ method }) => method)).not.toContain('POST')
})

it('an upload of another length is not gone on with', async () => {
  const other: Answer = (request, body, reply) =>
    (request.url?.endsWith('/old') ? stands(5, 5) : stands(0, bytes))(request, body, reply)
  const { upload, files } = await against({ HEAD: other })
  expect(await upload('/api/files/old')).toBe('done')
  expect([...files.values()]).toEqual([bytes])
})

it.each([
  ['never moves', '0'],
  ['runs ahead of the file', '999999'],
])('an offset that %s ends the try instead of sending for ever', async (_, offset) => {
  const lie: Answer = (_request, _body, reply) => reply.writeHead(204, { 'upload-offset': offset }).end()
  const { upload, asked } = await against({ PATCH: lie })
  expect(await upload()).toBe('Refused 460')
  expect(asked.filter(({ method }) => method === 'PATCH').length).toBeLessThanOrEqual(5)
})

it('fault 33: a full server is heard in its own words, and nothing counts as sent', async () => {
  const { upload } = await against({ PATCH: refusal(507, 'storage-full', { 'retry-after': '60' }) })
  expect(await upload()).toBe('Refused 507 again in 60 s')
})

it('carries a checksum with every chunk that the server can recompute', async () => {
  const { createHash } = await import('node:crypto')
  const sums: boolean[] = []
  const { upload } = await against({
    PATCH: ({ headers }, body, reply) => {
      sums.push(headers['upload-checksum'] === `sha256 ${createHash('sha256').update(body).digest('base64')}`)
      reply.writeHead(204, { 'upload-offset': Number(headers['upload-offset']) + body.length }).end()
    },
  })
  expect(await upload()).toBe('done')
  expect(sums).toEqual([true])
})
