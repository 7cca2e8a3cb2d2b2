import { randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { applicant } from '../mock-server/applicant'
import { application, asking, begin, newNumber, phoneOf, signIn } from '../mock-server/application'

const web = await mkdtemp(join(tmpdir(), 'jiangshen-web-'))
await writeFile(join(web, 'index.html'), '<!doctype html><title>匠申</title>')

const server = await application({ webRoot: web })
const ask = asking(server.app)
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const raw = (payload: string, headers: Record<string, string> = {}, url = '/api/codes' as string) =>
  server.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, payload })

describe('security 15: requests that other sites make', () => {
  const kinds = { cors: 'empty', 'no-cors': 'image', navigate: 'iframe', websocket: 'websocket' }
  it.each(['cross-site', 'same-site'])('from %s pages: 403, whatever they are', async (site) => {
    for (const [mode, dest] of Object.entries(kinds))
      for (const method of ['GET', 'POST', 'DELETE', 'PUT'] as const) {
        const reply = await ask(
          method,
          '/api/sessions/current',
          undefined,
          { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest },
        )
        expect([reply.status, reply.body.code]).toEqual([403, 'cross-site'])
      }
    const form = await raw('{}', { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })
    expect(form.statusCode).toBe(403)
  })
  it('are answered when somebody follows a link', async () => {
    for (const site of ['cross-site', 'same-site', 'none', 'same-origin'])
      expect((await ask('GET', '/verify/WX1', undefined, { 'sec-fetch-site': site, ...page })).status).toBe(200)
  })
  it('refused ones carry the protective headers too', async () => {
    const { headers } = await ask('GET', '/api/call', undefined, { 'sec-fetch-site': 'cross-site' })
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
  })
  it('without JSON: 415', async () => {
    const { ask: asPerson } = await signIn(server)
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'text/json',
      'application/json-patch+json',
      'application/xml',
      '*/*',
      'nonsense',
    ])
      for (const url of [
        '/api/codes',
        '/api/sessions',
        '/api/sync/push',
        '/api/sync/pull',
        '/api/receipts/verify',
        '/api/demo/clock',
      ])
        expect((await asPerson('POST', url, '{}', { 'content-type': type })).status).toBe(415)
  })
})

it('security 16: no other site may read an answer', async () => {
  const asked = {
    origin: 'https://elsewhere.example',
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'content-type',
  }
  for (const [method, url] of [['GET', '/api/call'], ['OPTIONS', '/api/sync/push'], ['GET', '/']] as const) {
    const { headers } = await ask(method, url, undefined, asked)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
  const uploads = await fetch(`${address}/api/files`, { method: 'OPTIONS', headers: asked })
  expect([...uploads.headers.keys()].filter((name) => name.startsWith('access-control-allow'))).toEqual([])
})

describe('security 19: an unknown key', () => {
  it('in an envelope: 400', async () => {
    const person = await signIn(server)
    const { ask: asPerson } = person
    const draft = randomUUID()
    await phoneOf(person).push([begin(draft)])
    const operation = { seq: 1, draft, path: 'name', value: '', base: 0, at: '' }
    const bodies: [string, object][] = [
      ['/api/codes', { phone: newNumber(), role: 'admin' }],
      ['/api/sessions', { request: randomUUID(), phone: newNumber(), code: '123456', admin: true }],
      ['/api/sync/push', { device: randomUUID(), client: 1, operations: [{ ...operation, account: randomUUID() }] }],
      [
        '/api/sync/push',
        { device: randomUUID(), client: 1, operations: [], resolved: [{ draft, conflict: draft, owner: draft }] },
      ],
      [`/api/drafts/${draft}/files/check`, { sha256: [], all: true }],
      [`/api/drafts/${draft}/submissions`, { revision: 1, digest: '0'.repeat(64), at: '2021-04-01' }],
      ['/api/demo/clock', { now: null, zone: 'x' }],
    ]
    for (const [url, body] of bodies) expect([url, (await asPerson('POST', url, body)).status]).toEqual([url, 400])
    expect((await asPerson('GET', `/api/drafts/${draft}/history?owner=1`)).status).toBe(400)
  })
  it('as a field path: that operation is rejected, the others are not', async () => {
    const phone = phoneOf(await signIn(server))
    const draft = randomUUID()
    const verdicts = await phone.push(
      [begin(draft), { draft, path: 'isAdmin', value: true }, { draft, path: 'name', value: '陈志远' }],
    )
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'rejected', 'applied'])
  })
})

it('security 23: a submission has one key, and one meaning', async () => {
  const person = await applicant(server)
  const asked = await person.asked()
  const key = randomUUID()
  const url = `/api/drafts/${person.draft}/submissions`
  for (const missing of [{}, { 'idempotency-key': '' }, { 'idempotency-key': 'short' }, { 'idempotency-key': 'x'.repeat(101) }])
    expect((await person.ask('POST', url, asked, missing as Record<string, string>)).status).toBe(400)
  const replies = await Promise.all([1, 2, 3, 4, 5].map(() => person.submit(asked, key)))
  for (const { status, body } of replies) expect(status === 200 || (status === 409 && body.code === 'in-flight')).toBe(true)
  expect((await person.submit({ ...asked, revision: asked.revision + 1 }, key)).status).toBe(422)
  const numbers = new Set(replies.filter(({ status }) => status === 200).map(({ body }) => String(body.number)))
  expect(numbers.size).toBe(1)
  expect(String((await person.submit(asked, key)).body.number)).toBe([...numbers][0])
})

describe('security 24: a prototype', () => {
  it.each(
    ['__proto__', 'constructor'],
  )('as a key (%s): 400, however deep, and also when it is spelled with codes', async (name) => {
    const spelled = name.replace('o', '\\u006f')
    const value = name === 'constructor' ? '{"prototype":{"x":1}}' : '{"x":1}'
    for (const key of [name, spelled]) {
      expect((await raw(`{"phone":"${newNumber()}","${key}":${value}}`)).statusCode).toBe(400)
      const { cookie } = await signIn(server)
      const operation = `{"seq":1,"draft":"${randomUUID()}","path":"name","value":{"a":[{"${key}":${value}}]},"base":0,"at":""}`
      const push = `{"device":"${randomUUID()}","client":1,"operations":[${operation}]}`
      expect((await raw(push, { cookie }, '/api/sync/push')).statusCode).toBe(400)
    }
    expect(({} as { x?: number }).x).toBeUndefined()
  })
  it.each(
    [
      '__proto__',
      'constructor',
      'prototype',
      'members/__proto__',
      'members/__proto__/age',
      'members/constructor',
      '__proto__/toString',
      'toString',
      'hasOwnProperty',
    ],
  )(
    'as a path (%s): that operation is rejected', async (path) => {
      const phone = phoneOf(await signIn(server))
      const draft = randomUUID()
      const [, verdict] = await phone.push([begin(draft, 'studio'), { draft, path, value: { order: 'a0' } }])
      expect(verdict).toMatchObject({ verdict: 'rejected', reason: 'unknown-path' })
      const [pulled] = (await phone.pull()).drafts
      expect(pulled?.registers.map((one) => one.path)).toEqual(['$draft'])
    })
})

describe('security 25 and rates', () => {
  it('over 256 KiB or over 100 operations: 413', async () => {
    const { ask: asPerson } = await signIn(server)
    const operation = { draft: randomUUID(), path: 'name', value: '', base: 0, at: '' }
    const body = (count: number, value = '') => ({
      device: randomUUID(),
      client: 1,
      operations: Array.from({ length: count }, (_, i) => ({ ...operation, value, seq: i + 1 })),
    })
    expect((await asPerson('POST', '/api/sync/push', body(101))).status).toBe(413)
    expect((await asPerson('POST', '/api/sync/push', body(5, 'x'.repeat(60_000)))).status).toBe(413)
    expect((await asPerson('POST', '/api/sync/push', body(100))).status).toBe(200)
  })
  it('too often: 429, with the time to wait', async () => {
    const own = asking((await application()).app)
    for (let i = 0; i < 60; i++) await own('POST', '/api/sessions', {})
    const { status, headers, body } = await own('POST', '/api/sessions', {})
    expect([status, body.code]).toEqual([429, 'too-many'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('security 26: where a request says it comes from', () => {
  const from = (app: typeof server.app, remoteAddress: string, forwarded: string) =>
    app.inject({ method: 'GET', url: '/api/call', remoteAddress, headers: { 'x-forwarded-for': forwarded } })
  const left = async (reply: ReturnType<typeof from>) => Number((await reply).headers['x-ratelimit-remaining'])

  it('is not believed', async () => {
    const { app } = await application()
    const before = await left(from(app, '198.51.100.7', '203.0.113.1'))
    expect(await left(from(app, '198.51.100.7', '203.0.113.2'))).toBe(before - 1)
  })
  it('is believed of the proxy that was named, and of nobody else', async () => {
    const { app } = await application({ trustProxy: '10.0.0.1' })
    const before = await left(from(app, '10.0.0.1', '203.0.113.1'))
    expect(await left(from(app, '10.0.0.1', '203.0.113.2'))).toBe(before)
    expect(await left(from(app, '10.0.0.1', '203.0.113.3, 203.0.113.1'))).toBe(before - 1)
    const other = await left(from(app, '198.51.100.7', '203.0.113.5'))
    expect(await left(from(app, '198.51.100.7', '203.0.113.6'))).toBe(other - 1)
  })
})

describe('security 27: an error tells what to do, and nothing of the inside', () => {
  const shape = {
    code: expect.any(String) as string,
    message: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
    trace: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  }

  it.each([
    ['an address that can\'t be read', 'GET', '/api/%E0%A4%A', undefined, 400],
    ['no address of ours', 'GET', '/api/x', undefined, 404],
    ['a verb that nobody knows here', 'PUT', '/api/codes', undefined, 404],
    ['broken JSON', 'POST', '/api/codes', '{"phone":', 400],
    ['no body', 'POST', '/api/codes', '', 400],
    ['an id that is none', 'GET', '/api/drafts/1/history', undefined, 401],
    ['a name that is too long', 'GET', `/api/receipts/${'9'.repeat(5000)}`, undefined, [400, 404, 414]],
  ] as const)('%s', async (_, method, url, payload, status) => {
    const reply = await server.app.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload, headers: { 'content-type': 'application/json' } }),
    })
    expect([status].flat()).toContain(reply.statusCode)
    expect(reply.json()).toEqual(shape)
    expect(reply.headers['cache-control']).toBe('no-store')
  })

  it('also of what is no HTTP', async () => {
    const { port } = new URL(address)
    for (const words of [
      '\u0016\u0003\u0001 hello',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      'GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ]) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(words))
        let text = ''
        socket.on('data', (part) => (text += part.toString()))
        socket.on('close', () => resolve(text))
        socket.on('error', () => resolve(text))
      })
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(JSON.parse(answer.slice(answer.indexOf('{')))).toEqual(shape)
    }
    expect((server.app.server.address() as AddressInfo).port).toBe(Number(port))
  })
})
