import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { networkOf } from '../../mock-server/account/network'
import { logOptions } from '../../mock-server/http/logging'
import { secretsFrom } from '../../mock-server/secrets'
import { gatewaySms } from '../../mock-server/sms'
import { application, asking, newNumber, signIn } from '../mock-server/application'

const lines: string[] = []
const logger = pino(logOptions('info'), new Writable({ write: (chunk: Buffer, _, done) => (lines.push(String(chunk)), done()) }))
const server = await application({ logger })
const anyone = asking(server.app)
const ask = (phone: string) => anyone('POST', '/api/codes', { phone })
const codeFor = async (phone: string) => (await ask(phone)).body as { request: string; code: string }
const enter = (phone: string, { request, code }: { request: string; code: string }) =>
  anyone('POST', '/api/sessions', { request, phone, code })
const other = (code: string) => (code === '000000' ? '111111' : '000000')

describe('a code', () => {
  it('security 1: has six digits, all of them, and holds for its own request and number only', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeFor(newNumber())))
    for (const { code } of codes) expect(code).toMatch(/^\d{6}$/)
    expect(new Set(codes.map(({ code }) => code)).size).toBeGreaterThan(8)
    const [mine, theirs] = [newNumber(), newNumber()]
    const [a, b] = [await codeFor(mine), await codeFor(theirs)]
    expect((await enter(mine, { request: b.request, code: a.code })).body.code).toBe('bad-code')
    expect((await enter(theirs, a)).body.code).toBe('bad-code')
    expect((await enter(theirs, b)).status).toBe(200)
    expect((await enter(theirs, b)).body.code).toBe('bad-code')
  })

  it('security 1: ends after five minutes to the millisecond', async () => {
    for (const [wait, status] of [
      [5 * 60_000 - 1, 200],
      [5 * 60_000, 400],
    ] as const) {
      const phone = newNumber()
      const sent = await codeFor(phone)
      server.clock.now += wait
      expect((await enter(phone, sent)).status).toBe(status)
    }
  })

  it('security 2: is void after the fifth wrong try, also when the tries come at once, and says no more than before', async () => {
    const phone = newNumber()
    const { request, code } = await codeFor(phone)
    const tries = await Promise.all(Array.from({ length: 5 }, () => enter(phone, { request, code: other(code) })))
    const right = await enter(phone, { request, code })
    const texts = [...tries, right].map(({ status, body }) => [status, body.code, body.message] as unknown[])
    expect(new Set(texts.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(right.status).toBe(400)
  })

  it('security 5: is void when another one is sent', async () => {
    const phone = newNumber()
    const first = await codeFor(phone)
    server.clock.now += 61_000
    const second = await codeFor(phone)
    expect((await enter(phone, first)).body.code).toBe('bad-code')
    expect((await enter(phone, second)).status).toBe(200)
  })

  it('security 6: is neither in the tables nor in the log, nor is its number', async () => {
    const phone = newNumber()
    const { code } = await codeFor(phone)
    const { rows } = await server.db.$client.query('select * from codes')
    const kept = JSON.stringify(rows)
    for (const secret of [phone, `"${code}"`]) {
      expect(kept).not.toContain(secret)
      expect(lines.join('')).not.toContain(secret)
    }
    expect(lines.join('')).toContain('/api/codes')
  })
})

describe('security 3: sending is limited', () => {
  it('to one in 60 seconds for a number, also when two ask at once', async () => {
    const phone = newNumber()
    const both = await Promise.all([ask(phone), ask(phone)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429])
    server.clock.now += 59_999
    expect((await ask(phone)).status).toBe(429)
    server.clock.now += 1
    expect((await ask(phone)).status).toBe(200)
  })

  it('to five in an hour and ten in a day', async () => {
    const phone = newNumber()
    const began = server.clock.now
    const statuses: number[] = []
    for (let i = 0; i < 6; i++) {
      statuses.push((await ask(phone)).status)
      server.clock.now += 60_000
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429])
    server.clock.now = began + 3_600_000
    for (let i = 0; i < 5; i++) {
      expect((await ask(phone)).status).toBe(200)
      server.clock.now += 13 * 60_000
    }
    const refused = await ask(phone)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3600)
    server.clock.now = began + 24 * 3_600_000
    expect((await ask(phone)).status).toBe(200)
  })

  it('to 200 in an hour for an address, and 3000 in all', async () => {
    const { app, db } = await application()
    const put = (count: number, address: string) =>
      db.$client.query(
        `insert into codes (request, phone, code, address, created_at)
         select gen_random_uuid(), 'x' || i, 'x', $2, '2021-04-20T08:30:00+08:00' from generate_series(1, $1::int) i`,
        [count, address],
      )
    const send = (remoteAddress: string) =>
      app.inject({ method: 'POST', url: '/api/codes', payload: { phone: newNumber() }, remoteAddress })
    expect((await send('203.0.113.7')).statusCode).toBe(200)
    const { rows } = await db.$client.query<{ address: string }>('select address from codes')
    await put(198, rows[0]?.address ?? '')
    expect((await send('203.0.113.7')).statusCode).toBe(200)
    expect((await send('203.0.113.7')).statusCode).toBe(429)
    expect((await send('203.0.113.8')).statusCode).toBe(200)
    await put(2798, 'elsewhere')
    expect((await send('203.0.113.9')).statusCode).toBe(200)
    expect((await send('203.0.113.10')).statusCode).toBe(429)
  })

  it('for a whole network of IPv6, which one phone has to itself', () => {
    expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:0db8:1:2:bbbb:0:0:9'))
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
    expect(networkOf('2001:db8::5')).toBe('2001:db8:0:0::/64')
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  })
})

describe('security 4: a number without an account', () => {
  it('is answered as one that has one, with the same questions to the database', async () => {
    const known = await signIn(server)
    server.clock.now += 61_000
    const count = { queries: 0 }
    const counted = async (phone: string) => {
      count.queries = 0
      const reply = await ask(phone)
      return { status: reply.status, keys: Object.keys(reply.body as object), queries: count.queries }
    }
    const { db } = server
    const pool = db.$client
    pool.on('acquire', () => count.queries++)
    const [a, b] = [await counted(known.phone), await counted(newNumber())]
    expect(a).toEqual(b)
    expect(a.status).toBe(200)
  })
})

describe('a session', () => {
  it('security 9: begins with another token each time, and the old one is 401', async () => {
    const first = await signIn(server)
    server.clock.now += 61_000
    const sent = await codeFor(first.phone)
    const again = await first.ask('POST', '/api/sessions', { ...sent, resendAfter: undefined, phone: first.phone })
    expect(again.status).toBe(200)
    expect(String(again.headers['set-cookie'])).not.toContain(first.cookie)
    expect((await first.ask('GET', '/api/sessions/current')).status).toBe(401)
  })

  it('security 9: never takes a token that somebody else chose', async () => {
    const chosen = '__Host-session=chosen-by-somebody-else-and-long-enough-for-that'
    const phone = newNumber()
    const { request, code } = await codeFor(phone)
    const reply = await asking(server.app, chosen)('POST', '/api/sessions', { request, phone, code })
    expect(String(reply.headers['set-cookie'])).not.toContain('chosen')
    expect((await asking(server.app, chosen)('GET', '/api/sessions/current')).status).toBe(401)
  })

  it('security 10: stands in a __Host- cookie with 256 random bits', async () => {
    const phone = newNumber()
    const cookie = String((await enter(phone, await codeFor(phone))).headers['set-cookie'])
    const parts = cookie.split('; ')
    expect(parts[0]).toMatch(/^__Host-session=[\w-]{43}$/)
    expect(parts.slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure'])
  })

  it('security 11: is over after signing out, and security 12: nothing tells the browser to forget its storage', async () => {
    const { ask: asPerson } = await signIn(server)
    const left = await asPerson('DELETE', '/api/sessions/current')
    expect(left.status).toBe(204)
    expect(left.headers['clear-site-data']).toBeUndefined()
    expect((await asPerson('GET', '/api/sessions/current')).status).toBe(401)
  })
})

describe('security 56: without the demonstration', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64')
  const good = { DEMONSTRATION: 'off', MASTER_KEY: key, SMS_URL: 'https://sms.city/send', SMS_KEY: 'k7Rw0pQz81LmXv3c', SMS_TEMPLATE: '1' }

  it('the server starts when all secrets are there', () => {
    expect(secretsFrom({ ...good, NODE_ENV: 'production' })).toMatchObject({ demonstration: false })
    expect(secretsFrom({})).toMatchObject({ demonstration: true, sms: undefined })
  })

  it.each([
    ['no master key', { MASTER_KEY: '' }, 'MASTER_KEY'],
    ['a short one', { MASTER_KEY: 'c2hvcnQ=' }, 'MASTER_KEY'],
    ['one that is a pattern', { MASTER_KEY: Buffer.alloc(32, 'ab').toString('base64') }, 'MASTER_KEY'],
    ['an earlier one that is none', { MASTER_KEY_BEFORE: 'x' }, 'MASTER_KEY_BEFORE'],
    ['a gateway without TLS', { SMS_URL: 'http://sms.city/send' }, 'SMS_URL'],
    ['a placeholder', { SMS_KEY: 'change-me-change-me' }, 'SMS_KEY'],
    ['no template', { SMS_TEMPLATE: ' ' }, 'SMS_TEMPLATE'],
    ['a number that is none', { ADMIN_PHONE: '12345' }, 'ADMIN_PHONE'],
  ])('but not with %s, and the value is not repeated', (_, wrong, name) => {
    const start = () => secretsFrom({ ...good, ...wrong })
    expect(start).toThrow(name)
    for (const value of Object.values(wrong).filter((one) => one.trim().length > 5)) expect(start).not.toThrow(value)
  })

  it('nor as a demonstration in production', () => {
    expect(() => secretsFrom({ NODE_ENV: 'production' })).toThrow('DEMONSTRATION')
    expect(() => secretsFrom({ ...good, DEMONSTRATION: 'on', NODE_ENV: 'production' })).toThrow('DEMONSTRATION')
  })

  it('no reply shows a code, and /api/demo is not there', async () => {
    const real = await application({ demonstration: false })
    const phone = newNumber()
    const { status, body } = await asking(real.app)('POST', '/api/codes', { phone })
    expect([status, Object.keys(body as object).sort()]).toEqual([200, ['request', 'resendAfter']])
    expect(real.sent.at(-1)?.phone).toBe(phone)
    expect((await asking(real.app)('GET', '/api/demo')).status).toBe(404)
  })
})

describe('the example of a gateway', () => {
  const gateway = { url: 'https://sms.city/send', key: 'the-key-of-the-gateway', template: 'T1' }

  it('sends number, text and template as JSON, and follows no redirect', async () => {
    const asked: [string, RequestInit][] = []
    const sms = gatewaySms(gateway, (url, init) => {
      asked.push([url as string, init ?? {}])
      return Promise.resolve(new Response('{}', { status: 202 }))
    })
    await sms.send('13900000000', '验证码')
    const [url, init] = asked[0] ?? ['', {}]
    expect(url).toBe(gateway.url)
    expect(JSON.parse(String(init.body))).toEqual({ template: 'T1', phone: '13900000000', text: '验证码' })
    expect(init.redirect).toBe('error')
    expect(init.signal).toBeInstanceOf(AbortSignal)
  })

  it('that refuses or is silent makes 503 and says nothing of number, text or key', async () => {
    const sms = gatewaySms(gateway, () => Promise.resolve(new Response('', { status: 500 })))
    const failure = await sms.send('13900000000', '验证码').catch((reason: unknown) => reason)
    for (const secret of ['13900000000', '验证码', gateway.key]) expect(String(failure)).not.toContain(secret)
    const { app } = await application({ sms })
    const { status, body, headers } = await asking(app)('POST', '/api/codes', { phone: newNumber() })
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'sms-down', '60'])
  })
})
