import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { application, asking, signIn } from '../mock-server/application'

const web = await mkdtemp(join(tmpdir(), 'jiangshen-web-'))
await mkdir(join(web, 'assets'))
await writeFile(join(web, 'index.html'), '<!doctype html><title>匠申</title>')
await writeFile(join(web, 'assets', 'app-abc123.js'), 'export {}')

const server = await application({ webRoot: web, certified: true })
const ask = asking(server.app)
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const page = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

it('security 30: nothing of the API is stored by a browser', async () => {
  const { ask: asPerson } = await signIn(server)
  for (const url of [
    '/api/call',
    '/api/sessions/current',
    '/api/keys',
    '/api/nothing',
    '/api',
    '/api/openapi.json',
    '/api/docs/',
    `/api/drafts/${randomUUID()}/history`,
    '/api/health',
  ])
    expect([url, (await asPerson('GET', url)).headers['cache-control']]).toEqual([url, 'no-store'])
  expect(
    (await fetch(`${address}/api/files/${'0'.repeat(32)}`, { method: 'HEAD' })).headers.get('cache-control'),
  ).toBe('no-store')
})

it('security 31: a part of the app that is gone is 404, and never the page', async () => {
  for (const url of [
    '/assets/gone-abc.js',
    '/gone.js',
    '/icons/x.png',
    '/assets/',
    '/sw.js.map',
    '/.env',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
  ])
    expect([url, (await ask('GET', url, undefined, page)).status]).toEqual([url, 404])
  expect((await ask('GET', '/apply/1/unit', undefined, page)).status).toBe(200)
})

describe('security 50, 51, 52: what the page is allowed, and what travels with it', () => {
  const policyOf = async (url: string) => {
    const policy = String((await ask('GET', url, undefined, page)).headers['content-security-policy'])
    return Object.fromEntries(
      policy.split(';').map((part) => part.trim().split(' ')).map(([name = '', ...values]) => [name, values.join(' ')]),
    )
  }
  it('scripts of its own only, none inline, markup only by a policy, and no frame around it', async () => {
    expect(await policyOf('/')).toEqual({
      'default-src': "'self'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'worker-src': "'self'",
      'style-src': "'self'",
      'style-src-attr': "'unsafe-inline'",
      'img-src': "'self' blob: data:",
      'media-src': "'self' blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'manifest-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'vue default',
    })
  })
  it('the page that shows the contract has a policy of its own, that runs nothing inline either', async () => {
    expect(
      await policyOf('/api/docs/'),
    ).toMatchObject({ 'default-src': "'none'", 'script-src': "'self'", 'frame-ancestors': "'none'", 'base-uri': "'none'" })
  })
  it.each(
    ['/', '/assets/app-abc123.js', '/api/call', '/api/nothing', '/gone.js'],
  )('%s: HTTPS, no referrer, no opener, no guessing of types', async (url) => {
    const { headers } = await ask('GET', url, undefined, url === '/' ? page : {})
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=()',
    })
    for (const tale of ['server', 'x-powered-by']) expect(headers[tale]).toBeUndefined()
  })
})
