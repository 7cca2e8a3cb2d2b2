import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../mock-server/files/inspect'
import { Refusal } from '../../mock-server/http/refusal'
import { application, asking, begin, newNumber, phoneOf, signIn } from './application'
import { photo } from './pictures'

let smsDown = false
const server = await application({ sms: { send: () => (smsDown ? Promise.reject(new Error('no gateway')) : Promise.resolve()) } })

describe('fault 41: the SMS provider is down', () => {
  it('nobody can sign in for a while, is told so, and whoever is signed in goes on', async () => {
    const person = await signIn(server)
    smsDown = true
    const asked = await asking(server.app)('POST', '/api/codes', { phone: newNumber() })
    expect(asked).toMatchObject({ status: 503, body: { code: 'sms-down' } })
    expect(asked.headers['retry-after']).toBeDefined()
    const draft = randomUUID()
    expect(await phoneOf(person).push([begin(draft), { draft, path: 'name', value: '陈志远' }])).toMatchObject([
      { verdict: 'applied' },
      { verdict: 'applied' },
    ])
    smsDown = false
    expect((await asking(server.app)('POST', '/api/codes', { phone: newNumber() })).status).toBe(200)
  })
})

describe('fault 39: a picture that would not fit into memory', () => {
  it('is refused by its size before it is decoded, and the server goes on', async () => {
    const bytes = await photo(64)
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
    expect(frame).toBeGreaterThan(0)
    bytes.writeUInt16BE(65_000, frame + 5)
    bytes.writeUInt16BE(65_000, frame + 7)
    const refusal = await inspect('image/jpeg', bytes).catch((reason: unknown) => reason)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(refusal).toMatchObject({ status: 422, code: 'too-many-pixels' })
    expect((await asking(server.app)('GET', '/api/call')).status).toBe(200)
  })
})
