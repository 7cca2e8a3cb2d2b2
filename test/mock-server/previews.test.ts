import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { application, begin, phoneOf, signIn, type Person } from './application'
import { photo, png, sha256, withGps, withTrailer } from './pictures'

const server = await application()
const digest = sha256(Buffer.from('the whole photo'))

async function owner(): Promise<Person & { draft: string }> {
  const person = await signIn(server)
  const draft = randomUUID()
  await phoneOf(person).push([begin(draft)])
  return { ...person, draft }
}
const put = ({ cookie }: { cookie: string }, draft: string, bytes: Buffer, name = digest, type = 'image/jpeg') =>
  server.app.inject({
    method: 'PUT',
    url: `/api/drafts/${draft}/previews/${name}`,
    headers: { ...(cookie ? { cookie } : {}), 'content-type': type },
    payload: bytes,
  })
const get = ({ cookie }: { cookie: string }, draft: string, name = digest) =>
  server.app.inject({ method: 'GET', url: `/api/drafts/${draft}/previews/${name}`, headers: { cookie } })

describe('a small picture', () => {
  it('comes ahead of its photo and back byte for byte, as an attachment', async () => {
    const person = await owner()
    const bytes = await photo(150)
    expect((await put(person, person.draft, bytes)).statusCode).toBe(204)
    const reply = await get(person, person.draft)
    expect(reply.rawPayload.equals(bytes)).toBe(true)
    expect(reply.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': expect.stringMatching(/^attachment/) as string,
      'content-security-policy': expect.stringContaining('sandbox') as string,
      'cache-control': 'no-store',
    })
  })

  it('sent twice is one; the first stays', async () => {
    const person = await owner()
    const [first, second] = [await photo(150), await photo(140)]
    await put(person, person.draft, first)
    expect((await put(person, person.draft, second)).statusCode).toBe(204)
    expect((await get(person, person.draft)).rawPayload.equals(first)).toBe(true)
  })

  it('proves nothing: its photo is not confirmed by it', async () => {
    const person = await owner()
    await put(person, person.draft, await photo(150))
    const { body } = await person.ask('POST', `/api/drafts/${person.draft}/files/check`, { sha256: [digest] })
    expect(body).toEqual({ confirmed: [] })
  })

  it.each([
    ['of more than 400 pixels', () => photo(401), 413, 'too-large'],
    ['of more than 60 kB', async () => Buffer.concat([await photo(150), Buffer.alloc(60 * 1024)]), 413, 'too-large'],
    ['that is none', async () => Buffer.from('<svg onload="alert(1)"/>'), 415, 'not-jpeg'],
    ['that is a PNG', png, 415, 'not-jpeg'],
    ['with its position', withGps, 422, 'metadata'],
    ['with something behind it', async () => (await withTrailer()).subarray(0, 60 * 1024), 415, 'trailing-bytes'],
  ])('%s is refused', async (_, make, status, code) => {
    const person = await owner()
    const reply = await put(person, person.draft, await make())
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([status, code])
    expect((await get(person, person.draft)).statusCode).toBe(404)
  })

  it('of somebody else looks like none, to see and to replace', async () => {
    const [person, stranger] = [await owner(), await owner()]
    const bytes = await photo(150)
    await put(person, person.draft, bytes)
    expect((await get(stranger, person.draft)).statusCode).toBe(404)
    expect((await put(stranger, person.draft, bytes)).statusCode).toBe(404)
    expect((await put({ cookie: '' }, person.draft, bytes)).statusCode).toBe(401)
  })

  it('without a byte is 400', async () => {
    const person = await owner()
    const url = `/api/drafts/${person.draft}/previews/${digest}`
    expect((await server.app.inject({ method: 'PUT', url, headers: { cookie: person.cookie } })).statusCode).toBe(400)
  })

  it('with a name that is no digest, or as a form, is refused', async () => {
    const person = await owner()
    const bytes = await photo(150)
    expect((await put(person, person.draft, bytes, 'me.jpg')).statusCode).toBe(400)
    expect((await put(person, person.draft, bytes, digest, 'multipart/form-data; boundary=x')).statusCode).toBe(415)
  })
})
