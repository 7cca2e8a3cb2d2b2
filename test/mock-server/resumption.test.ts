/** Uploads whose line breaks, hangs or lies. */
import { mkdtemp, truncate, unlink, writeFile } from 'node:fs/promises'
import { connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskStorage, type FileStorage } from '../../mock-server/files/storage'
import { application } from './application'
import { photo, sha256 } from './pictures'
import { checksum, chunkHeaders, uploaderOf, type Owner } from './uploader'

const folder = await mkdtemp(join(tmpdir(), 'jiangshen-resumption-'))
const disk = diskStorage(folder)
/** Set to make the storage fail at its next write. */
let failing: Error | null = null
const files: FileStorage = {
  ...disk,
  append: async (id, offset, parts) => {
    if (failing) throw failing
    return disk.append(id, offset, parts)
  },
}
const server = await application({ files })
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const { owner, begun, send, head, offset, confirmed } = uploaderOf(server, address)

/** A PATCH over a socket of its own, of whose body only a part is sent. */
async function begins({ cookie }: Owner, url: string, bytes: Buffer, from: number, part: number): Promise<Socket> {
  const { port } = new URL(address)
  const socket = dial(Number(port), '127.0.0.1')
  const body = bytes.subarray(from)
  const sum = { 'upload-checksum': checksum(body), 'content-length': String(body.length) }
  const headers = { host: 'x', ...chunkHeaders(cookie, from, sum) }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.write(`PATCH ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  await new Promise<void>((done) => socket.write(body.subarray(0, part), () => done()))
  socket.on('error', () => undefined)
  return socket
}
const idOf = (url: string) => url.split('/').at(-1) ?? ''
const places = (url: string) => [join(folder, idOf(url)), join(folder, `${idOf(url)}.json`)] as const

describe('a line that breaks in the middle of a chunk', () => {
  it.each(['destroy', 'resetAndDestroy'] as const)('fault 4: loses nothing that had come in (%s)', async (end) => {
    const person = await owner()
    const bytes = await photo(400)
    const url = await begun(person, bytes)
    const part = 100_000
    const socket = await begins(person, url, bytes, 0, part)
    // What is under way on the line is nobody's yet.
    await expect.poll(async () => (await disk.tus.getUpload(idOf(url))).offset).toBe(part)
    socket[end]()
    expect(await offset(person, url)).toBe(part)
    expect((await send(person, url, bytes.subarray(part), part)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('fault 17: or hangs, and the phone comes back on a new one: the old one lets go at once', async () => {
    const person = await owner()
    const bytes = await photo(400)
    const url = await begun(person, bytes)
    const hanging = await begins(person, url, bytes, 0, 50_000)
    await expect.poll(async () => (await disk.tus.getUpload(idOf(url))).offset).toBe(50_000)
    const at = await offset(person, url)
    expect(at).toBe(50_000)
    // What still arrives on the old line is not written behind the phone's back.
    hanging.write(bytes.subarray(50_000, 90_000))
    expect((await send(person, url, bytes.subarray(at), at)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
    hanging.destroy()
  })

  it('fault 4: or whose server is another one by now, started again in between', async () => {
    const person = await owner()
    const bytes = await photo(400)
    const url = await begun(person, bytes)
    const half = bytes.length >> 1
    await send(person, url, bytes.subarray(0, half))
    const next = await server.restarted()
    const there = uploaderOf({ app: next }, await next.listen({ port: 0, host: '127.0.0.1' }))
    expect(await there.offset(person, url)).toBe(half)
    expect((await there.send(person, url, bytes.subarray(half), half)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('two at the same time write one file', async () => {
    const person = await owner()
    const bytes = await photo(400)
    const url = await begun(person, bytes)
    const replies = await Promise.all([send(person, url, bytes), send(person, url, bytes), head(person, url)])
    expect(replies.map(({ status }) => status).sort()).not.toContain(500)
    const at = await offset(person, url)
    if (at < bytes.length) await send(person, url, bytes.subarray(at), at)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
    const back = await person.ask('GET', `/api/drafts/${person.draft}/files/${sha256(bytes)}`)
    expect(back.status).toBe(200)
  })
})

describe('a chunk with a checksum', () => {
  it('is taken back when it came in whole and differs', async () => {
    const person = await owner()
    const bytes = await photo(400)
    const url = await begun(person, bytes)
    const half = bytes.length >> 1
    await send(person, url, bytes.subarray(0, half), 0, { 'upload-checksum': checksum(bytes.subarray(0, half)) })
    const damaged = Buffer.from(bytes.subarray(half))
    damaged[7] = (damaged[7] ?? 0) ^ 1
    const sum = { 'upload-checksum': checksum(bytes.subarray(half)) }
    const reply = await send(person, url, damaged, half, sum)
    expect(reply.status).toBe(460)
    expect(await reply.json()).toMatchObject({ code: 'checksum-differs' })
    expect(await offset(person, url)).toBe(half)
    expect((await send(person, url, bytes.subarray(half), half, sum)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('is not written at all where it could not be taken back', async () => {
    const { cut: _, ...uncut } = files
    const other = await application({ files: uncut })
    const there = uploaderOf(other, await other.app.listen({ port: 0, host: '127.0.0.1' }))
    const person = await there.owner()
    const bytes = await photo(400)
    const url = await there.begun(person, bytes)
    const sum = { 'upload-checksum': checksum(bytes) }
    expect((await there.send(person, url, Buffer.alloc(bytes.length), 0, sum)).status).toBe(460)
    expect(await there.offset(person, url)).toBe(0)
    expect((await there.send(person, url, bytes, 0, sum)).status).toBe(204)
  })

  it.each([
    ['another algorithm', { 'upload-checksum': 'md5 AAAAAAAAAAAAAAAAAAAAAA==' }, 400],
    ['no checksum but words', { 'upload-checksum': 'sha256 nothing' }, 400],
    ['an offset that is none', { 'upload-offset': '-1' }, 400],
    ['another offset', { 'upload-offset': '7' }, 409],
    ['another protocol', { 'tus-resumable': '2.0.0' }, 412],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('%s is refused, and nothing is written', async (_, headers, status) => {
    const person = await owner()
    const bytes = await photo(64)
    const url = await begun(person, bytes)
    const reply = await send(person, url, bytes, 0, headers)
    expect(reply.status).toBe(status)
    expect(await reply.json()).toMatchObject({ code: expect.any(String) as string })
    expect(await offset(person, url)).toBe(0)
  })

  it('longer than the file is refused', async () => {
    const person = await owner()
    const bytes = await photo(64)
    const url = await begun(person, bytes)
    expect((await send(person, url, Buffer.concat([bytes, bytes]))).status).toBe(413)
    expect(await offset(person, url)).toBe(0)
  })

  it('is announced', async () => {
    const reply = await fetch(`${address}/api/files`, { method: 'OPTIONS' })
    expect(reply.headers.get('tus-extension')?.split(',')).toContain('checksum')
    expect(reply.headers.get('tus-checksum-algorithm')).toBe('sha256')
  })
})

it('fault 33: a full disk answers 507, acknowledges nothing, and goes on when there is room', async () => {
  const person = await owner()
  const bytes = await photo()
  const url = await begun(person, bytes)
  failing = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const reply = await send(person, url, bytes)
  expect(reply.status).toBe(507)
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await confirmed(person, sha256(bytes))).toEqual([])
  failing = null
  expect((await send(person, url, bytes)).status).toBe(204)
  expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
})

describe('fault 38: an upload of which half survived', () => {
  it.each([
    ['its bytes are gone', (bytes: string) => unlink(bytes), 410],
    ['its facts are gone', (_: string, facts: string) => unlink(facts), 404],
    ['its facts broke off', (_: string, facts: string) => truncate(facts, 20), 404],
    ['it holds more than the file has', (bytes: string) => writeFile(bytes, Buffer.alloc(500_000)), 410],
  ])('is over, and the phone is told so: %s', async (_, harm, status) => {
    const person = await owner()
    const bytes = await photo()
    const url = await begun(person, bytes)
    await send(person, url, bytes.subarray(0, 1000))
    await harm(...places(url))
    expect((await head(person, url)).status).toBe(status)
    expect([404, 410]).toContain((await send(person, url, bytes.subarray(1000), 1000)).status)
  })

  it('is gone on with from what is there', async () => {
    const person = await owner()
    const bytes = await photo()
    const url = await begun(person, bytes)
    await send(person, url, bytes.subarray(0, 5000))
    await truncate(places(url)[0], 3000)
    expect(await offset(person, url)).toBe(3000)
    expect((await send(person, url, bytes.subarray(3000), 3000)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })

  it('a confirmed file whose bytes are gone is not named any more, and can be sent again', async () => {
    const person = await owner()
    const bytes = await photo()
    const url = await begun(person, bytes)
    await send(person, url, bytes)
    await unlink(places(url)[0])
    expect(await confirmed(person, sha256(bytes))).toEqual([])
    expect((await person.ask('GET', `/api/drafts/${person.draft}/files/${sha256(bytes)}`)).status).toBe(404)
    expect((await send(person, await begun(person, bytes), bytes)).status).toBe(204)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
  })
})
