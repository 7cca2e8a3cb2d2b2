import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { application, asking, signIn } from './application'

const server = await application()
const url = (id: string) => `/api/me/phone-keys/${id}`
const newKey = () => randomBytes(32).toString('base64')

it('fault 52: who has just signed in again gets the key back, on another browser too', async () => {
  const person = await signIn(server)
  const [id, key] = [randomUUID(), newKey()]
  expect((await person.ask('PUT', url(id), { key })).status).toBe(204)
  expect((await person.ask('GET', url(id))).body).toEqual({ key })
  server.clock.now += 11 * 60_000
  const again = await signIn(server, person.phone)
  expect((await again.ask('GET', url(id))).body).toEqual({ key })
})

it('security 55: a session that lies about on a locked phone brings no key', async () => {
  const person = await signIn(server)
  const [id, key] = [randomUUID(), newKey()]
  await person.ask('PUT', url(id), { key })
  server.clock.now += 11 * 60_000
  const reply = await person.ask('GET', url(id))
  expect([reply.status, reply.body.code]).toEqual([403, 'sign-in-again'])
  expect((await asking(server.app)('GET', url(id))).status).toBe(401)
})

it('security 17: somebody else’s key is like none, and its name can’t be taken', async () => {
  const [person, other] = [await signIn(server), await signIn(server)]
  const [id, key] = [randomUUID(), newKey()]
  await person.ask('PUT', url(id), { key })
  expect((await other.ask('GET', url(id))).status).toBe(404)
  expect((await other.ask('GET', url(randomUUID()))).status).toBe(404)
  expect((await other.ask('PUT', url(id), { key: newKey() })).status).toBe(404)
  await other.ask('DELETE', url(id), {})
  expect((await person.ask('GET', url(id))).body).toEqual({ key })
})

it('a key’s name never gets another key; the same again is nothing new', async () => {
  const person = await signIn(server)
  const [id, key] = [randomUUID(), newKey()]
  expect((await person.ask('PUT', url(id), { key })).status).toBe(204)
  expect((await person.ask('PUT', url(id), { key })).status).toBe(204)
  expect((await person.ask('PUT', url(id), { key: newKey() })).status).toBe(409)
  expect((await person.ask('GET', url(id))).body).toEqual({ key })
  await person.ask('DELETE', url(id), {})
  expect((await person.ask('GET', url(id))).status).toBe(404)
})

it('what rests in the table is no key', async () => {
  const person = await signIn(server)
  const [id, key] = [randomUUID(), newKey()]
  await person.ask('PUT', url(id), { key })
  const { rows } = await server.db.execute(sql`select sealed from phone_keys where id = ${id}`)
  const stored = Buffer.from((rows[0] as { sealed: Buffer }).sealed)
  expect(stored.length).toBeGreaterThan(32)
  expect(stored.includes(Buffer.from(key, 'base64'))).toBe(false)
})

it.each([{}, { key: '' }, { key: 'a'.repeat(44) }, { key: newKey(), more: 1 }, { key: newKey().slice(4) }])('%j is 400', async (body) => {
  const person = await signIn(server)
  expect((await person.ask('PUT', url(randomUUID()), body)).status).toBe(400)
  expect((await person.ask('PUT', url('1'), { key: newKey() })).status).toBe(400)
})
