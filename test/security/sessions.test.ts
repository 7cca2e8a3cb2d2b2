import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { deviceWords } from '../../mock-server/account/device'
import { ensureAdmin } from '../../mock-server/account/roles'
import { contextOf } from '../../mock-server/app'
import { diskStorage } from '../../mock-server/files/storage'
import { masterKey, type MasterKey } from '../../mock-server/seal/master'
import { application, asking, newNumber, nineOClock, signIn } from '../mock-server/application'
import { testKeys } from '../support/keys'
import { newSession, somebody, type Somebody } from './people'

const server = await application()
const MINUTE = 60_000
interface Device {
  id: string
  device: string
  seenAt: string
  current: boolean
}
const devices = async ({ ask }: Pick<Somebody, 'ask'>) => ((await ask('GET', '/api/sessions')).body as { devices: Device[] }).devices

describe('security 14: whoever is signed in', () => {
  it('sees the devices, by words and not by tokens, and ends one', async () => {
    const person = await somebody(server)
    const other = await newSession(server, person.id)
    const list = await devices(person)
    expect(list.map(({ current }) => current)).toEqual([true, false])
    expect(JSON.stringify(list)).not.toContain(person.cookie.split('=')[1])
    expect((await person.ask('DELETE', `/api/sessions/${list[1]?.id}`)).status).toBe(204)
    expect((await other.ask('GET', '/api/sessions/current')).status).toBe(401)
    expect((await person.ask('GET', '/api/sessions/current')).status).toBe(200)
  })

  it('ends all others at once', async () => {
    const person = await somebody(server)
    const others = [await newSession(server, person.id), await newSession(server, person.id)]
    const stranger = await somebody(server)
    expect((await person.ask('DELETE', '/api/sessions/others')).body).toEqual({ ended: 2 })
    for (const { ask } of others) expect((await ask('GET', '/api/sessions/current')).status).toBe(401)
    for (const { ask } of [person, stranger]) expect((await ask('GET', '/api/sessions/current')).status).toBe(200)
  })

  it("cannot end a stranger's: it looks like none", async () => {
    const [person, stranger] = [await somebody(server), await somebody(server)]
    const [theirs] = await devices(stranger)
    expect((await person.ask('DELETE', `/api/sessions/${theirs?.id}`)).status).toBe(404)
    expect((await stranger.ask('GET', '/api/sessions/current')).status).toBe(200)
  })

  it('reads when a device was last seen, which is written once an hour', async () => {
    const person = await somebody(server)
    const began = new Date(server.clock.now).toISOString()
    server.clock.now += 59 * MINUTE
    expect((await devices(person))[0]?.seenAt).toBe(began)
    server.clock.now += MINUTE
    expect((await devices(person))[0]?.seenAt).toBe(new Date(server.clock.now).toISOString())
  })

  it.each([
    ['Mozilla/5.0 (Linux; Android 13; V2231A) Chrome/111 Mobile Safari/537.36 MicroMessenger/8.0.47', '安卓手机·微信'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Mobile/15E148 Safari/604.1', '苹果手机·Safari'],
    ['Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114 ArkWeb/4.1 Mobile HuaweiBrowser/5.0', '鸿蒙手机·华为浏览器'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537.36 Edg/120', 'Windows 电脑·Edge'],
    ['<script>alert(1)</script>', '其他设备'],
    [undefined, '其他设备'],
  ])('knows a device by a few words of ours: %s', (agent, words) => expect(deviceWords(agent)).toBe(words))
})

describe('security 8: another phone number', () => {
  const start = async (person: Pick<Somebody, 'ask'>, phone: string) =>
    (await person.ask('POST', '/api/account/phone/codes', { phone })).body as { request: string; code: string }

  it('wants a fresh sign-in and a code at the new number; the old one is told, other devices are out', async () => {
    const person = await somebody(server)
    const other = await newSession(server, person.id)
    const phone = newNumber()
    const { request, code } = await start(person, phone)
    expect(server.sent.at(-1)?.phone).toBe(phone)
    const changed = await person.ask('PUT', '/api/account/phone', { request, phone, code })
    expect(changed.status).toBe(200)
    expect(changed.body.account.phone).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`)
    expect(server.sent.at(-1)).toEqual({ phone: person.phone, text: expect.stringContaining(`尾号 ${phone.slice(-4)}`) as string })
    for (const { ask } of [person, other]) expect((await ask('GET', '/api/sessions/current')).status).toBe(401)
    const cookie = String(changed.headers['set-cookie']).split(';')[0] ?? ''
    expect((await asking(server.app, cookie)('GET', '/api/sessions/current')).body.account.id).toBe(person.id)
    server.clock.now += 61_000
    const again = await signIn(server, phone)
    expect((await again.ask('GET', '/api/sessions/current')).body.account.id).toBe(person.id)
  })

  it('is refused more than five minutes after signing in', async () => {
    const person = await somebody(server)
    const phone = newNumber()
    const { request, code } = await start(person, phone)
    server.clock.now += 5 * MINUTE + 1
    for (const [method, url, body] of [
      ['POST', '/api/account/phone/codes', { phone }],
      ['PUT', '/api/account/phone', { request, phone, code }],
    ] as const) {
      const reply = await person.ask(method, url, body)
      expect([reply.status, reply.body.code]).toEqual([403, 'sign-in-again'])
    }
  })

  it('takes no code that was sent for signing in, and signing in takes none that was sent for this', async () => {
    const person = await somebody(server)
    const anyone = asking(server.app)
    const [a, b] = [newNumber(), newNumber()]
    const forSignIn = (await anyone('POST', '/api/codes', { phone: a })).body as { request: string; code: string }
    const used = { request: forSignIn.request, code: forSignIn.code, phone: a }
    expect((await person.ask('PUT', '/api/account/phone', used)).body.code).toBe('bad-code')
    const { request, code } = await start(person, b)
    expect((await anyone('POST', '/api/sessions', { request, code, phone: b })).body.code).toBe('bad-code')
  })

  it("is not another account's", async () => {
    const [person, holder] = [await somebody(server), await somebody(server)]
    const { request, code } = await start(person, holder.phone)
    const reply = await person.ask('PUT', '/api/account/phone', { request, code, phone: holder.phone })
    expect([reply.status, reply.body.code]).toEqual([409, 'phone-taken'])
    expect((await holder.ask('GET', '/api/sessions/current')).body.account.id).toBe(holder.id)
  })

  it('stays the old one when that cannot be told', async () => {
    let down = false
    const failing = await application({
      sms: { send: () => (down ? Promise.reject(new Error('gateway')) : Promise.resolve()) },
    })
    const person = await somebody(failing)
    const phone = newNumber()
    const { request, code } = await start(person, phone)
    down = true
    expect((await person.ask('PUT', '/api/account/phone', { request, code, phone })).body.code).toBe('sms-down')
    expect((await person.ask('GET', '/api/sessions/current')).status).toBe(200)
    const { rows } = await failing.db.$client.query('select phone from accounts where id = $1', [person.id])
    expect(rows).toEqual([{ phone: person.phone }])
  })
})

describe('security 7: staff with an authenticator app', () => {
  const codeAt = (secret: string, at: number) => TOTP.generate({ secret: secretIn(secret), timestamp: at })
  const secretIn = (secret: string) => new TOTP({ secret }).secret
  const begin = async ({ ask }: Pick<Somebody, 'ask'>) => (await ask('POST', '/api/second-factor')).body as { secret: string; uri: string }
  const show = ({ ask }: Pick<Somebody, 'ask'>, code: string) => ask('POST', '/api/second-factor/check', { code })
  const wrongFor = (code: string) => (code === '000000' ? '111111' : '000000')

  it('binds it, and the session goes on at level 2 under another token, for twelve hours', async () => {
    const person = await somebody(server, { role: 'admin' })
    const { secret, uri } = await begin(person)
    expect(uri).toMatch(/^otpauth:\/\/totp\//)
    const shown = await show(person, codeAt(secret, server.clock.now))
    expect(shown.status).toBe(204)
    expect((await person.ask('GET', '/api/sessions/current')).status).toBe(401)
    const raised = asking(server.app, String(shown.headers['set-cookie']).split(';')[0])
    expect((await raised('GET', '/api/staff')).status).toBe(200)
    expect((await raised('POST', '/api/second-factor')).body.code).toBe('enrolled')
    server.clock.now += 12 * 60 * MINUTE
    expect((await raised('GET', '/api/staff')).body.code).toBe('second-factor')
    const { rows } = await server.db.$client.query('select secret from second_factors')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('takes each code once, one step early or late, and no further', async () => {
    const person = await somebody(server, { role: 'city' })
    const { secret } = await begin(person)
    const again = async () => newSession(server, person.id)
    const now = server.clock.now
    const code = codeAt(secret, now - 30_000)
    expect((await show(person, code)).status).toBe(204)
    expect((await show(await again(), code)).body.code).toBe('bad-code')
    expect((await show(await again(), codeAt(secret, now + 30_000))).status).toBe(204)
    expect((await show(await again(), codeAt(secret, now))).body.code).toBe('bad-code')
    expect((await show(await again(), codeAt(secret, now + 90_000))).body.code).toBe('bad-code')
    expect((await show(await again(), codeAt(secret, now - 90_000))).body.code).toBe('bad-code')
  })

  it('one code that comes twice at the same moment counts once', async () => {
    const person = await somebody(server, { role: 'city' })
    const { secret } = await begin(person)
    const code = codeAt(secret, server.clock.now)
    const both = await Promise.all([show(person, code), show(await newSession(server, person.id), code)])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 400])
  })

  it('is locked for fifteen minutes by five wrong tries', async () => {
    const person = await somebody(server, { role: 'expert' })
    const { secret } = await begin(person)
    const wrong = wrongFor(codeAt(secret, server.clock.now))
    for (let i = 0; i < 5; i++) expect((await show(person, wrong)).body.code).toBe('bad-code')
    const locked = await show(person, codeAt(secret, server.clock.now))
    expect([locked.status, locked.body.code, locked.headers['retry-after']]).toEqual([429, 'locked', '900'])
    server.clock.now += 15 * MINUTE
    expect((await show(person, codeAt(secret, server.clock.now))).status).toBe(204)
  })

  it('gets a lost one taken off by an administrator, and is at level 1 with it', async () => {
    const admin = await somebody(server, { role: 'admin', level: 2 })
    const person = await somebody(server, { role: 'admin' })
    const { secret } = await begin(person)
    const shown = await show(person, codeAt(secret, server.clock.now))
    const raised = asking(server.app, String(shown.headers['set-cookie']).split(';')[0])
    expect((await admin.ask('DELETE', `/api/accounts/${person.id}/second-factor`)).status).toBe(204)
    expect((await raised('GET', '/api/staff')).body.code).toBe('second-factor')
    expect((await begin({ ask: raised })).secret).not.toBe(secret)
  })

  it('keeps it through a change of the master key', async () => {
    const [old, next, another] = [1, 2, 3].map((byte) => masterKey(Buffer.alloc(32, byte))) as [MasterKey, MasterKey, MasterKey]
    const before = await application({ keys: { current: old, earlier: [] } })
    const person = await somebody(before, { role: 'city' })
    const { secret } = await begin(person)
    expect((await show(person, codeAt(secret, nineOClock))).status).toBe(204)
    const rebuilt = async (current: MasterKey, ...earlier: MasterKey[]) => {
      const later = await application({ db: before.db, keys: { current, earlier } })
      later.clock.now += MINUTE * (step += 1)
      return { later, session: await newSession({ ...later, db: before.db }, person.id) }
    }
    let step = 0
    for (const [current, ...earlier] of [[next, old], [next]] as const) {
      const { later, session } = await rebuilt(current, ...earlier)
      expect((await show(session, codeAt(secret, later.clock.now))).status).toBe(204)
    }
    const { later, session } = await rebuilt(another)
    expect((await show(session, codeAt(secret, later.clock.now))).body.code).toBe('unreadable')
  })
})

describe('the first administrator', () => {
  it('is named by the operator, once: a later start changes nothing', async () => {
    const fresh = await application()
    const context = await contextOf({
      db: fresh.db,
      files: diskStorage('unused'),
      clock: () => fresh.clock.now,
      sms: { send: () => Promise.resolve() },
      demonstration: true,
      keys: testKeys,
    })
    const [first, second] = [newNumber(), newNumber()]
    await ensureAdmin(context, first)
    await ensureAdmin(context, first)
    await ensureAdmin(context, second)
    const { rows } = await fresh.db.$client.query(
      'select a.phone from roles r join accounts a on a.id = r.account where revoked_at is null',
    )
    expect(rows).toEqual([{ phone: first }])
  })
})
