import { describe, expect, it } from 'vitest'
import { application, asking, newNumber, signIn } from './application'

const server = await application()
const anyone = asking(server.app)
const codeFor = async (phone: string) => (await anyone('POST', '/api/codes', { phone })).body as { request: string; code: string }

describe('a technician signs in', () => {
  it('with the code that was sent to the phone, and is shown with a masked number', async () => {
    const phone = newNumber()
    const { request, code } = await codeFor(phone)
    expect(server.sent.at(-1)).toEqual({ phone, text: expect.stringContaining(code) as string })
    const reply = await anyone('POST', '/api/sessions', { request, phone, code })
    expect(reply.status).toBe(200)
    expect(reply.body.account.phone).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`)
    const cookie = String(reply.headers['set-cookie'])
    for (const part of ['__Host-session=', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
  })

  it('and the code works once', async () => {
    const phone = newNumber()
    const body = { phone, ...(await codeFor(phone)) }
    const { request, code } = body
    expect((await anyone('POST', '/api/sessions', { request, phone, code })).status).toBe(200)
    expect((await anyone('POST', '/api/sessions', { request, phone, code })).body.code).toBe('bad-code')
  })

  it('but not with a code that belongs to another request or number', async () => {
    const [mine, other] = [newNumber(), newNumber()]
    const [{ request }, { code }] = [await codeFor(mine), await codeFor(other)]
    expect((await anyone('POST', '/api/sessions', { request, phone: mine, code })).status).toBe(400)
  })

  it('and five wrong tries void the code', async () => {
    const phone = newNumber()
    const { request, code } = await codeFor(phone)
    const wrong = code === '000000' ? '111111' : '000000'
    for (let i = 0; i < 5; i++)
      expect((await anyone('POST', '/api/sessions', { request, phone, code: wrong })).body.code).toBe('bad-code')
    expect((await anyone('POST', '/api/sessions', { request, phone, code })).status).toBe(400)
  })

  it('and a code ends after five minutes, or when a new one is sent', async () => {
    const phone = newNumber()
    const first = await codeFor(phone)
    server.clock.now += 61_000
    const second = await codeFor(phone)
    expect((await anyone('POST', '/api/sessions', { request: first.request, phone, code: first.code })).status).toBe(400)
    server.clock.now += 5 * 60_000
    expect((await anyone('POST', '/api/sessions', { request: second.request, phone, code: second.code })).status).toBe(400)
  })

  it('and gets one code a minute and five an hour', async () => {
    const phone = newNumber()
    await codeFor(phone)
    const tooSoon = await anyone('POST', '/api/codes', { phone })
    expect(tooSoon.status).toBe(429)
    expect(tooSoon.headers['retry-after']).toBe('60')
    for (let i = 0; i < 4; i++) {
      server.clock.now += 61_000
      expect((await anyone('POST', '/api/codes', { phone })).status).toBe(200)
    }
    server.clock.now += 61_000
    expect((await anyone('POST', '/api/codes', { phone })).status).toBe(429)
  })

  it('and a code kept in the database is not readable there', async () => {
    const phone = newNumber()
    const { code } = await codeFor(phone)
    const rows = await server.db.$client.query('select * from codes order by created_at desc')
    expect(JSON.stringify(rows.rows)).not.toContain(phone)
    expect(rows.rows.map((row: { code: string }) => row.code)).not.toContain(code)
  })
})

describe('a session', () => {
  it('ends with signing out', async () => {
    const { ask } = await signIn(server)
    expect((await ask('GET', '/api/sessions/current')).status).toBe(200)
    expect((await ask('DELETE', '/api/sessions/current')).status).toBe(204)
    expect((await ask('GET', '/api/sessions/current')).body.code).toBe('signed-out')
  })

  it('is replaced by signing in again on the same browser', async () => {
    const { phone, cookie, ask } = await signIn(server)
    server.clock.now += 61_000
    const { request, code } = await codeFor(phone)
    expect((await ask('POST', '/api/sessions', { request, phone, code })).headers['set-cookie']).not.toContain(cookie)
    expect((await ask('GET', '/api/sessions/current')).status).toBe(401)
  })

  it('ends after thirty days', async () => {
    const { ask } = await signIn(server)
    const before = server.clock.now
    server.clock.now += 31 * 86_400_000
    expect((await ask('GET', '/api/sessions/current')).status).toBe(401)
    server.clock.now = before
  })

  it('is kept as a digest only', async () => {
    const { cookie } = await signIn(server)
    const { rows } = await server.db.$client.query('select token from sessions')
    expect(rows.map((row: { token: string }) => row.token)).not.toContain(cookie.split('=')[1])
  })
})
