import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { connect } from '../../mock-server/db/connect'
import { logOptions } from '../../mock-server/http/logging'
import { refusalOf } from '../../mock-server/http/errors'
import { application, asking, newNumber, signIn } from './application'

const web = await mkdtemp(join(tmpdir(), 'jiangshen-web-'))
await mkdir(join(web, 'assets'))
await writeFile(join(web, 'index.html'), '<!doctype html><title>匠申</title>')
await writeFile(join(web, 'sw.js'), '// worker')
await writeFile(join(web, 'assets', 'app-abc123.js'), 'export {}')

const lines: string[] = []
const logger = pino(logOptions('info'), new Writable({ write: (chunk: Buffer, _, done) => (lines.push(String(chunk)), done()) }))
const server = await application({ webRoot: web, logger })
const ask = asking(server.app)
const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

describe('every error', () => {
  it.each([
    ['an unknown address', 'GET', '/api/nothing', undefined, 404, 'not-found'],
    ['nobody signed in', 'GET', '/api/sessions/current', undefined, 401, 'signed-out'],
    ['a number that is none', 'POST', '/api/codes', { phone: '12345' }, 400, 'bad-request'],
    ['an unknown key', 'POST', '/api/codes', { phone: '13900000000', role: 'admin' }, 400, 'bad-request'],
    ['a body that is too large', 'POST', '/api/codes', { phone: 'x'.repeat(300_000) }, 413, 'too-large'],
  ] as const)('has one shape: %s', async (_, method, url, body, status, code) => {
    const reply = await ask(method, url, body)
    expect(reply.status).toBe(status)
    expect(reply.body).toEqual({
      code,
      message: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
      trace: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    })
  })

  it('of the database is 503, 507 when its disk is full, and tells nothing of the inside', () => {
    expect(refusalOf(Object.assign(new Error('terminating connection'), { code: '57P01' }))).toMatchObject({
      status: 503,
      retryAfter: 5,
    })
    expect(refusalOf(new Error('timeout exceeded when trying to connect')).status).toBe(503)
    expect(refusalOf(Object.assign(new Error('No space left'), { code: '53100' })).status).toBe(507)
    expect(refusalOf(new Error('password of the database is 1234'))).toMatchObject({ status: 500, code: 'unexpected' })
    expect(refusalOf(new Error('password of the database is 1234')).message).not.toContain('1234')
  })

  it('of a database that is down says so, and readiness with it', async () => {
    const down = connect('postgres://nobody:x@127.0.0.1:9/none')
    const error: unknown = await down.execute('select 1').catch((reason: unknown) => reason)
    expect(refusalOf(error).status).toBe(503)
    await down.$client.end()
    expect(down.$client).toBeInstanceOf(Pool)
    expect((await ask('GET', '/api/ready')).body).toEqual({ ok: true })
  })
})

describe('requests from elsewhere', () => {
  it('by other sites are refused, but for links', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' }
    expect((await ask('POST', '/api/codes', { phone: newNumber() }, { ...cross, 'sec-fetch-mode': 'cors' })).body.code).toBe(
      'cross-site',
    )
    expect(
      (await ask('GET', '/api/call', undefined, { ...cross, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).status,
    ).toBe(403)
    expect((await ask('GET', '/verify', undefined, { ...cross, ...page })).status).toBe(200)
  })

  it('as anything but JSON are 415, also as plain text', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const reply = await server.app.inject({
        method: 'POST',
        url: '/api/codes',
        headers: { 'content-type': type },
        payload: '{"phone":"13900000000"}',
      })
      expect(reply.statusCode).toBe(415)
    }
  })

  it('get no CORS headers', async () => {
    const { headers } = await ask('GET', '/api/call', undefined, { origin: 'https://elsewhere.example' })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('with a prototype in the body are 400', async () => {
    const payload = '{"phone":"13900000000","__proto__":{"x":1}}'
    const reply = await server.app.inject({
      method: 'POST',
      url: '/api/codes',
      headers: { 'content-type': 'application/json' },
      payload,
    })
    expect(reply.statusCode).toBe(400)
  })

  it('cannot choose their own address by X-Forwarded-For', async () => {
    const before = await ask('GET', '/api/call')
    const after = await ask('GET', '/api/call', undefined, { 'x-forwarded-for': '203.0.113.9' })
    expect(Number(after.headers['x-ratelimit-remaining'])).toBe(Number(before.headers['x-ratelimit-remaining']) - 1)
  })
})

describe('the app is served', () => {
  it('with its page for every address of its own, asked anew each time', async () => {
    for (const url of ['/', '/apply/1/unit', '/verify?n=WX']) {
      const { status, body, headers } = await ask('GET', url, undefined, page)
      expect([status, headers['cache-control']]).toEqual([200, 'no-cache'])
      expect(body).toContain('匠申')
    }
    expect((await ask('GET', '/sw.js')).headers['cache-control']).toBe('no-cache')
  })

  it('with files that never change, and 404 for those that are gone', async () => {
    expect((await ask('GET', '/assets/app-abc123.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await ask('GET', '/assets/gone.js', undefined, page)).status).toBe(404)
    expect((await ask('GET', '/apply/1', undefined, { accept: '*/*', 'sec-fetch-mode': 'cors' })).status).toBe(404)
    expect((await ask('GET', '/..%2f..%2fetc/passwd')).status).toBe(404)
  })

  it('with a strict policy, and replies of the API are never stored', async () => {
    const { headers } = await ask('GET', '/', undefined, page)
    const policy = String(headers['content-security-policy'])
    for (const part of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "worker-src 'self'",
    ])
      expect(policy).toContain(part)
    expect(/script-src[^;]*/.exec(policy)?.[0]).toBe("script-src 'self' 'wasm-unsafe-eval'")
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    })
    for (const url of ['/api/call', '/api/nothing', '/api/demo'])
      expect((await ask('GET', url)).headers['cache-control']).toBe('no-store')
  })

  it('with a contract to read', async () => {
    const { body } = await ask('GET', '/api/openapi.json')
    const paths = Object.keys(body.paths as object)
    for (const path of ['/api/call', '/api/sync/push', '/api/files', '/api/drafts/{id}/submissions', '/api/receipts/verify'])
      expect(paths).toContain(path)
    expect((await ask('GET', '/api/docs/')).status).toBe(200)
  })
})

describe('the demonstration', () => {
  it('shows what is there to try, and moves the clock but not the call', async () => {
    expect((await ask('GET', '/api/demo')).body).toMatchObject({
      clock: { moved: false },
      samples: [{ award: 'studio' }, { award: 'technician' }],
    })
    const call = (await ask('GET', '/api/call')).body.call as unknown
    await ask('POST', '/api/demo/clock', { now: '2021-04-25T23:59:00+08:00' })
    expect((await ask('GET', '/api/call')).body).toMatchObject({ now: '2021-04-25T15:59:00.000Z', call })
    await ask('POST', '/api/demo/clock', { now: null })
    expect((await ask('POST', '/api/demo/clock', { now: 'tomorrow' })).status).toBe(400)
  })
})

describe('the log', () => {
  it('holds a line per request, and no number, code, cookie or query', async () => {
    const { phone, cookie, ask: asPerson } = await signIn(server)
    await asPerson('GET', `/api/call?phone=${phone}`)
    const { code } = (await ask('POST', '/api/codes', { phone: newNumber() })).body as { code: string }
    const log = lines.join('')
    expect(log).toContain('"route":"/api/sessions"')
    for (const secret of [phone, cookie.split('=')[1] ?? cookie, `"${code}"`, 'phone=', '127.0.0.1'])
      expect(log).not.toContain(secret)
  })
})
