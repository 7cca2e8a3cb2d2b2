import { randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { files, uploads } from '../../mock-server/db/schema'
import { application, begin, phoneOf } from '../mock-server/application'
import { cutInside, lockedPdf, pdf, photo, png, progressive, sha256, truncated, withGps } from '../mock-server/pictures'
import { chunkHeaders, tusHeaders, uploaderOf } from '../mock-server/uploader'
import * as hostile from './hostileFiles'

const server = await application()
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const { owner, create, begun, send, head, upload, confirmed } = uploaderOf(server, address)

async function answer(make: () => Promise<Buffer>, type = 'image/jpeg'): Promise<[status: number, code: string | null]> {
  const person = await owner()
  const bytes = await make()
  const reply = await upload(person, bytes, type)
  const taken = (await confirmed(person, sha256(bytes))).length > 0
  expect(taken).toBe(reply.status === 204)
  return [reply.status, reply.status === 204 ? null : ((await reply.json()) as { code: string }).code]
}
const read = (file: string) => () => readFile(`test/support/photos/${file}`)
const text = (content: string) => () => Promise.resolve(Buffer.from(content))

describe('security 37: what a file claims to be is compared with what it is', () => {
  it.each([
    ['a PNG', png],
    ['a GIF', text('GIF89a\u0001\0\u0001\0')],
    ['a program', text(`MZ${'\0'.repeat(200)}`)],
    ['a page', text('<!doctype html><script>alert(1)</script>')],
    ['a ZIP', text('PK\u0003\u0004')],
    ['nothing but a JPEG\'s first bytes', () => Promise.resolve(Buffer.from([0xff, 0xd8, 0x00]))],
  ])('%s that calls itself a JPEG: 415', async (_, make) => expect(await answer(make)).toEqual([415, 'not-jpeg']))

  it('a JPEG that calls itself a PDF: 415', async () => expect(await answer(photo, 'application/pdf')).toEqual([415, 'not-pdf']))
  it('any other type: 415, before a byte is sent', async () => {
    const person = await owner()
    for (const type of ['image/png', 'text/html', 'application/zip', 'image/jpeg; charset=x', 'IMAGE/JPEG', '__proto__', ''])
      expect((await create(person, await photo(16), { draft: person.draft, type })).status).toBe(415)
  })
})

describe('security 38: over 10 MB', () => {
  it('is 413 when it is announced', async () => {
    const person = await owner()
    const reply = await create(person, await photo(16), { draft: person.draft, length: 10 * 1024 * 1024 + 1 })
    expect(reply.status).toBe(413)
  })
  it('is 413 when more comes than was announced', async () => {
    const person = await owner()
    const bytes = await photo()
    const url = await begun(person, bytes)
    expect((await send(person, url, Buffer.concat([bytes, Buffer.alloc(100)]))).status).toBe(413)
    expect((await send(person, url, bytes)).status).toBe(204)
  })
})

describe('security 39: over 50 megapixels', () => {
  it.each([
    ['of one colour in few bytes', hostile.bomb, 'too-many-pixels'],
    ['by a header that claims them', () => hostile.claiming(65_535, 65_535), 'too-many-pixels'],
    ['or a picture of no size', () => hostile.claiming(0, 0), 'damaged'],
    ['or thousands of scans', hostile.manyScans, 'damaged'],
  ])('%s: 422 before decoding', async (_, make, code) => expect(await answer(make)).toEqual([422, code]))
})

describe('security 40: a file is what it is through and through', () => {
  it.each([
    ['a JPEG with a ZIP behind it', hostile.withZip, 'image/jpeg', 415, 'trailing-bytes'],
    ['a JPEG with a page behind it', hostile.withPage, 'image/jpeg', 415, 'trailing-bytes'],
    ['a JPEG with a page in its comment', hostile.pageInComment, 'image/jpeg', 415, 'hidden-data'],
    ['a JPEG with a script in a segment', hostile.scriptInSegment, 'image/jpeg', 415, 'hidden-data'],
    ['a JPEG with a header that is too long', hostile.fatHeader, 'image/jpeg', 415, 'hidden-data'],
    ['a JPEG that breaks off', truncated, 'image/jpeg', 422, 'damaged'],
    ['a JPEG without its second half', cutInside, 'image/jpeg', 422, 'damaged'],
    ['a PDF with a script', () => pdf({ javascript: true }), 'application/pdf', 415, 'active-content'],
    [
      'a PDF that runs a script when opened',
      () => hostile.opens('JavaScript', { JS: 'app.alert(1)' }),
      'application/pdf',
      415,
      'active-content',
    ],
    [
      'a PDF that starts a program when opened',
      () => hostile.opens('Launch', { F: 'cmd.exe' }),
      'application/pdf',
      415,
      'active-content',
    ],
    [
      'a PDF that opens a page of the web by itself',
      () => hostile.opens('URI', { URI: 'https://elsewhere.example' }),
      'application/pdf',
      415,
      'active-content',
    ],
    ['a PDF that does so when a page is turned to', hostile.triggered, 'application/pdf', 415, 'active-content'],
    ['a PDF with a file in it', hostile.carrying, 'application/pdf', 415, 'active-content'],
    ['a PDF with a dynamic form', hostile.dynamicForm, 'application/pdf', 415, 'active-content'],
    ['a PDF whose script was replaced later in the file', hostile.replaced, 'application/pdf', 415, 'active-content'],
    ['or is spelled with codes', () => hostile.replaced('/Java#53cript'), 'application/pdf', 415, 'active-content'],
    ['a PDF with a password', lockedPdf, 'application/pdf', 415, 'encrypted'],
    [
      'a PDF with a page behind it',
      async () => Buffer.concat([await pdf(), Buffer.from('<script>')]),
      'application/pdf',
      415,
      'trailing-bytes',
    ],
    [
      'a PDF without pages',
      text('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF'),
      'application/pdf',
      422,
      'damaged',
    ],
  ] as const)('%s', async (_, make, type, status, code) => expect(await answer(make, type)).toEqual([status, code]))

  it.each([
    ['a progressive JPEG', progressive, 'image/jpeg'],
    ['a JPEG in four colours', hostile.cmyk, 'image/jpeg'],
    ['a PDF that opens at its first page', hostile.opensAtPage, 'application/pdf'],
    ['a PDF with a link', hostile.linking, 'application/pdf'],
    ['a PDF with blanks at its end', async () => Buffer.concat([await pdf(), Buffer.from('\r\n \0')]), 'application/pdf'],
  ] as const)('%s is taken', async (_, make, type) => expect(await answer(make, type)).toEqual([204, null]))

  it('what is taken is never rewritten', async () => {
    const person = await owner()
    const bytes = await hostile.cmyk()
    await upload(person, bytes)
    const reply = await fetch(
      `${address}/api/drafts/${person.draft}/files/${sha256(bytes)}`,
      { headers: { cookie: person.cookie } },
    )
    expect(sha256(Buffer.from(await reply.arrayBuffer()))).toBe(sha256(bytes))
  })
})

describe('security 41 and 42: pictures that are programs, and those that phones decode themselves', () => {
  it('an SVG: 415, under its own name and under another', async () => {
    const person = await owner()
    expect((await create(person, await photo(16), { draft: person.draft, type: 'image/svg+xml' })).status).toBe(415)
    expect(
      await answer(text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')),
    ).toEqual([415, 'not-jpeg'])
  })
  it('a HEIC photo: 415', async () => {
    const person = await owner()
    expect((await create(person, await photo(16), { draft: person.draft, type: 'image/heic' })).status).toBe(415)
    expect(await answer(read('iphone.heic'))).toEqual([415, 'not-jpeg'])
  })
})

describe('security 43: no byte that is served says where or with what a photo was taken', () => {
  it.each([
    ['Exif', withGps],
    ['Exif that is broken', () => hostile.gpsIn(0xe1)],
    ['XMP', hostile.xmp],
    ['IPTC', hostile.iptc],
    ['a camera\'s own file', read('gps.jpg')],
  ])('a JPEG with %s: 422', async (_, make) => expect(await answer(make)).toEqual([422, 'metadata']))
  it(
    'Exif under a foreign marker: 415',
    async () => expect(await answer(() => hostile.gpsIn(0xe4))).toEqual([415, 'hidden-data']),
  )
  it('a PDF with a photo that says where it was taken: 422', async () =>
    expect(await answer(hostile.positionOnPage, 'application/pdf')).toEqual([422, 'metadata']))
})

it('security 44: a file is handed out to be stored, never to be run', async () => {
  const person = await owner()
  const bytes = await photo()
  await upload(person, bytes)
  const { headers } = await fetch(
    `${address}/api/drafts/${person.draft}/files/${sha256(bytes)}`,
    { headers: { cookie: person.cookie } },
  )
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{12}\.jpg"$/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  expect(headers.get('cache-control')).toBe('no-store')
})

it('security 45: no word of a user becomes a path', async () => {
  const person = await owner()
  const bytes = await photo()
  for (const draft of ['../../etc', '..\\..', '/etc/passwd', 'a\0b', `${person.draft}/..`])
    expect((await create(person, bytes, { draft })).status).toBe(404)
  for (const id of ['..%2f..%2fetc%2fpasswd', '%2e%2e', `${'0'.repeat(31)}/`, 'x'.repeat(32), '0'.repeat(32)])
    expect((await head(person, `/api/files/${id}`)).status).toBe(404)
  const named = `filename ${Buffer.from('../../../evil.jpg').toString('base64')}`
  const facts = `draft ${Buffer.from(person.draft).toString('base64')},type ${Buffer.from('image/jpeg').toString('base64')}`
  const metadata = `${facts},sha256 ${Buffer.from(sha256(bytes)).toString('base64')},${named}`
  const headers = tusHeaders(person.cookie, { 'upload-length': String(bytes.length), 'upload-metadata': metadata })
  const created = await fetch(`${address}/api/files`, { method: 'POST', headers })
  expect(created.headers.get('location')).toMatch(/^\/api\/files\/[0-9a-f]{32}$/)
  for (const stored of await readdir(server.folder)) expect(stored).toMatch(/^[0-9a-f]{32}(\.json)?$/)
})

describe('security 46: room is limited', () => {
  const held = (draft: string, count: number, bytes: number) =>
    server.db.insert(files).values(
      Array.from(
        { length: count },
        () => ({
          draft,
          sha256: sha256(Buffer.from(randomUUID())),
          type: 'image/jpeg',
          bytes,
          state: 'confirmed' as const,
          stored: randomUUID(),
        }),
      ),
    )

  it('to 200 files and 200 MB per draft', async () => {
    const [many, large] = [await owner(), await owner()]
    await held(many.draft, 200, 1)
    await held(large.draft, 20, 10 * 1024 * 1024)
    for (const person of [many, large]) {
      const reply = await create(person, await photo(16), { draft: person.draft })
      expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([413, 'draft-full'])
    }
  })

  it('also for those that were begun at the same time: the last ones find no room when they are here', async () => {
    const person = await owner()
    await held(person.draft, 198, 1)
    const pictures = await Promise.all([60, 61, 62, 63].map(photo))
    const urls = await Promise.all(pictures.map((bytes) => begun(person, bytes)))
    const replies = await Promise.all(pictures.map((bytes, i) => send(person, urls[i] ?? '', bytes)))
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 204, 413, 413])
  })

  it('to 2,000 files per account, however many drafts they are in', async () => {
    const person = await owner()
    for (let i = 0; i < 10; i++) {
      const draft = randomUUID()
      await phoneOf(person).push([begin(draft)])
      await held(draft, 200, 1)
    }
    const reply = await create(person, await photo(16), { draft: person.draft })
    expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([413, 'account-full'])
  })

  it('for what was begun and left: the oldest makes room, and its phone begins anew', async () => {
    const person = await owner()
    const bytes = await photo(16)
    const first = await begun(person, bytes)
    const account = (await server.db.select().from(uploads)).find(({ id }) => first.endsWith(id))?.account ?? ''
    const later = new Date(Date.now() + 1000)
    await server.db.insert(uploads).values(
      Array.from({ length: 249 }, () => ({ id: randomUUID(), account, bytes: 1, begunAt: later })),
    )
    const last = await begun(person, await photo(17))
    expect((await head(person, first)).status).toBe(404)
    expect((await head(person, last)).status).toBe(200)
  })
})

it('security 47: an upload of somebody else looks like none, on every verb', async () => {
  const [person, stranger] = [await owner(), await owner()]
  const bytes = await photo()
  const url = await begun(person, bytes)
  const verbs: (() => Promise<Response>)[] = [
    () => head(stranger, url),
    () => send(stranger, url, bytes),
    () => send(stranger, url, bytes.subarray(0, 10)),
    () => fetch(`${address}${url}`, { method: 'DELETE', headers: tusHeaders(stranger.cookie, {}) }),
    () => fetch(
      `${address}${url}`,
      { method: 'POST', headers: chunkHeaders(
        stranger.cookie,
        0,
        { 'x-http-method-override': 'PATCH' },
      ), body: new Uint8Array(bytes) },
    ),
    () => create(stranger, bytes, { draft: person.draft }),
  ]
  for (const verb of verbs) expect((await verb()).status).toBe(404)
  for (const cookie of ['', '__Host-session=guessed']) {
    expect((await head({ cookie }, url)).status).toBe(401)
    expect((await send({ cookie }, url, bytes)).status).toBe(401)
    expect((await fetch(`${address}${url}`, { method: 'DELETE', headers: tusHeaders(cookie, {}) })).status).toBe(401)
  }
  expect((await head(person, url)).headers.get('upload-offset')).toBe('0')
  expect((await send(person, url, bytes)).status).toBe(204)
})
