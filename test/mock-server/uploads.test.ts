import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { application } from './application'
import { cutInside, lockedPdf, pdf, photo, png, progressive, sha256, truncated, withGps, withTrailer } from './pictures'
import { tusHeaders, uploaderOf } from './uploader'

const server = await application()
// The reply of an upload is hijacked, so `inject` never sees it.
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })

const { owner, create, send, head, upload, confirmed } = uploaderOf(server, address)

describe('a photo is uploaded', () => {
  it('and confirmed by its digest, and comes back byte for byte, as an attachment', async () => {
    const person = await owner()
    const bytes = await photo()
    expect((await upload(person, bytes)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
    const reply = await fetch(`${address}/api/drafts/${person.draft}/files/${sha256(bytes)}`, {
      headers: { cookie: person.cookie },
    })
    expect(Buffer.from(await reply.arrayBuffer()).equals(bytes)).toBe(true)
    expect(reply.headers.get('content-type')).toBe('image/jpeg')
    expect(reply.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('in two goes, when the connection was lost in between', async () => {
    const person = await owner()
    const bytes = await photo()
    const url = (await create(person, bytes, { draft: person.draft })).headers.get('location') ?? ''
    const half = bytes.length >> 1
    expect((await send(person, url, bytes.subarray(0, half))).status).toBe(204)
    const offset = Number((await head(person, url)).headers.get('upload-offset'))
    expect(offset).toBe(half)
    expect(await confirmed(person, sha256(bytes))).toEqual([])
    expect((await send(person, url, bytes.subarray(offset), offset)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('fault 48: twice, and is one file', async () => {
    const person = await owner()
    const bytes = await photo()
    await upload(person, bytes)
    expect((await upload(person, bytes)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('whole, but the server died before it said so: asking where to go on confirms it', async () => {
    const person = await owner()
    const bytes = await photo()
    const url = (await create(person, bytes, { draft: person.draft })).headers.get('location') ?? ''
    await send(person, url, bytes)
    await server.db.$client.query('delete from files where draft = $1', [person.draft])
    expect((await head(person, url)).status).toBe(200)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })
})

describe('what is no plain photo or document is refused', () => {
  it.each([
    ['another content than announced', photo, 'image/jpeg', 422, 'digest-differs', '0'.repeat(64)],
    ['a photo with its position', withGps, 'image/jpeg', 422, 'metadata'],
    ['a photo with something behind it', withTrailer, 'image/jpeg', 415, 'trailing-bytes'],
    ['a photo that breaks off', truncated, 'image/jpeg', 422, 'damaged'],
    ['a photo that lacks its second half', cutInside, 'image/jpeg', 422, 'damaged'],
    ['a PNG that calls itself JPEG', png, 'image/jpeg', 415, 'not-jpeg'],
    [
      'a page with a script that calls itself JPEG',
      async () => Buffer.from('<svg onload="alert(1)"/>'),
      'image/jpeg',
      415,
      'not-jpeg',
    ],
    ['a photo that calls itself PDF', photo, 'application/pdf', 415, 'not-pdf'],
    ['a PDF with a script', () => pdf({ javascript: true }), 'application/pdf', 415, 'active-content'],
    ['a PDF with a password', lockedPdf, 'application/pdf', 415, 'encrypted'],
    [
      'a PDF with something behind it',
      async () => Buffer.concat([await pdf(), Buffer.from('<script>')]),
      'application/pdf',
      415,
      'trailing-bytes',
    ],
    ['a PDF that is none inside', async () => Buffer.from('%PDF-1.7 nothing %%EOF'), 'application/pdf', 422, 'damaged'],
  ])('%s', async (_, make, type, status, code, digest?: string) => {
    const person = await owner()
    const bytes = await make()
    const reply = await upload(person, bytes, type, digest ?? sha256(bytes))
    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toContain('application/json')
    expect(await reply.json()).toEqual({
      code,
      message: expect.stringMatching(/[\u4e00-\u9fff]/) as string,
      trace: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    })
    expect(await confirmed(person, digest ?? sha256(bytes))).toEqual([])
  })

  it.each([
    ['a progressive JPEG', progressive, 'image/jpeg'],
    ['a plain PDF', pdf, 'application/pdf'],
  ])('but %s is taken', async (_, make, type) => {
    expect((await upload(await owner(), await make(), type)).status).toBe(204)
  })

  it("a phone's photo as the camera wrote it, position and all", async () => {
    const bytes = await readFile('test/support/photos/gps.jpg')
    expect(await (await upload(await owner(), bytes)).json()).toMatchObject({ code: 'metadata' })
  })

  it.each([
    ['over 10 MB', { length: 10 * 1024 * 1024 + 1 }, 413],
    ['an SVG', { type: 'image/svg+xml' }, 415],
    ['a HEIC photo', { type: 'image/heic' }, 415],
    ['a file of no bytes', { length: 0 }, 400],
    ['a digest that is none', { sha256: '../../etc/passwd' }, 400],
  ])('%s, before anything is sent', async (_, facts, status) => {
    const person = await owner()
    const reply = await create(person, await photo(16), { draft: person.draft, ...facts })
    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({ code: expect.any(String) as string, trace: expect.any(String) as string })
  })
})

describe("somebody else's upload", () => {
  it('looks like none, on every verb', async () => {
    const [person, stranger] = [await owner(), await owner()]
    const bytes = await photo()
    const url = (await create(person, bytes, { draft: person.draft })).headers.get('location') ?? ''
    expect((await create(stranger, bytes, { draft: person.draft })).status).toBe(404)
    expect((await head(stranger, url)).status).toBe(404)
    expect((await send(stranger, url, bytes)).status).toBe(404)
    expect((await fetch(`${address}${url}`, { method: 'DELETE', headers: tusHeaders(stranger.cookie, {}) })).status).toBe(404)
    expect((await send(person, url, bytes)).status).toBe(204)
    const file = `/api/drafts/${person.draft}/files/${sha256(bytes)}`
    expect((await stranger.ask('GET', file)).status).toBe(404)
    expect((await stranger.ask('POST', `/api/drafts/${person.draft}/files/check`, { sha256: [] })).status).toBe(404)
  })

  it('and without signing in nothing is uploaded', async () => {
    const { draft } = await owner()
    expect((await create({ cookie: '' }, await photo(16), { draft })).status).toBe(401)
  })

  it('carries the same protective headers as every reply, and allows no other site', async () => {
    const person = await owner()
    const reply = await create(person, await photo(16), { draft: person.draft })
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff')
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    expect(reply.headers.get('location')).toMatch(/^\/api\/files\/[0-9a-f]{32}$/)
  })
})
