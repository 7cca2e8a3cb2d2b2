import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskStorage } from '../../mock-server/files/storage'
import { findHandover, MOST_BYTES, sweepHandovers } from '../../mock-server/handover/handovers'
import { handovers } from '../../mock-server/db/schema'
import type { Context } from '../../mock-server/context'
import { timeFrom } from '../../mock-server/clock'
import { application } from './application'

const folder = await mkdtemp(join(tmpdir(), 'jiangshen-handover-'))
const files = diskStorage(folder)
const server = await application({ files })
// Streams are what this is about: `inject` would keep them in memory.
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const context = { db: server.db, files, time: timeFrom(() => server.clock.now) } as Context

const newId = () => createHash('sha256').update(randomBytes(16)).digest('hex')
const sealed = (bytes = 300_000) => randomBytes(bytes)
const give = (id: string, body: Buffer, headers: Record<string, string> = {}) =>
  fetch(`${address}/api/handovers`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-handover': id, ...headers },
    body: new Uint8Array(body),
  })
const url = (id: string) => `${address}/api/handovers/${id}`
const stateOf = async (id: string) => (await fetch(`${url(id)}/state`)).json() as Promise<{ state: string; code?: string }>
const onDisk = async () => (await readdir(folder)).filter((name) => !name.endsWith('.json')).length
const later = (minutes: number) => (server.clock.now += minutes * 60_000)

describe('a package on its way', () => {
  it('is taken by whoever knows its id, signed in or not, byte for byte, and then no more', async () => {
    const [id, bytes] = [newId(), sealed()]
    const given = await give(id, bytes)
    expect(given.status).toBe(201)
    const { expiresAt } = (await given.json()) as { expiresAt: string }
    expect(Date.parse(expiresAt) - server.clock.now).toBe(30 * 60_000)
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', bytes: bytes.length })
    const taken = await fetch(url(id))
    expect(taken.headers.get('content-length')).toBe(String(bytes.length))
    expect(taken.headers.get('content-encoding')).toBeNull()
    expect(taken.headers.get('cache-control')).toBe('no-store')
    expect(Buffer.from(await taken.arrayBuffer()).equals(bytes)).toBe(true)
    // An interrupted import is tried again: only telling that it is in ends it.
    expect((await fetch(url(id))).status).toBe(200)
    const before = await onDisk()
    expect((await fetch(url(id), { method: 'DELETE' })).status).toBe(204)
    expect(await onDisk()).toBe(before - 1)
    expect(await stateOf(id)).toMatchObject({ state: 'taken' })
    const again = await fetch(url(id))
    expect(again.status).toBe(410)
    expect(((await again.json()) as { message: string }).message).toContain('已经在另一台手机上打开过')
    expect((await fetch(url(id), { method: 'DELETE' })).status).toBe(204)
  })

  it('goes on where a download broke off', async () => {
    const [id, bytes] = [newId(), sealed()]
    await give(id, bytes)
    const rest = await fetch(url(id), { headers: { range: 'bytes=200000-' } })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('content-range')).toBe(`bytes 200000-${bytes.length - 1}/${bytes.length}`)
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(200_000))).toBe(true)
    expect((await fetch(url(id), { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416)
  })

  it('is gone after half an hour, and so are its bytes', async () => {
    const id = newId()
    await give(id, sealed())
    const before = await onDisk()
    later(29)
    expect((await fetch(url(id))).status).toBe(200)
    later(1)
    const late = await fetch(url(id))
    expect(late.status).toBe(404)
    expect(((await late.json()) as { message: string }).message).toContain('过期')
    await sweepHandovers(context)
    expect(await onDisk()).toBeLessThan(before)
    expect(await findHandover(context, id)).toBeNull()
  })
})

describe('a bad giver', () => {
  it('gets no further than the limit: by its word, and by its bytes', async () => {
    const before = await onDisk()
    expect(await raw(headOf(newId(), `content-length: ${MOST_BYTES + 1}`))).toBe(413)
    expect(await raw(headOf(newId(), 'transfer-encoding: chunked'))).toBe(411)
    expect(await onDisk()).toBe(before)
  })

  it('with an id that is none, another type or nothing at all is refused', async () => {
    expect((await give('../../etc/passwd', sealed())).status).toBe(400)
    expect((await give(newId().toUpperCase(), sealed())).status).toBe(400)
    expect((await give(newId(), sealed(), { 'content-type': 'application/x-evil' })).status).toBe(415)
    expect((await give(newId(), Buffer.alloc(0))).status).toBe(411)
    expect((await fetch(`${address}/api/handovers/%2e%2e%2fsecrets`)).status).toBe(400)
    expect((await fetch(url(newId()))).status).toBe(404)
  })

  it('from another site is refused like everywhere', async () => {
    expect((await give(newId(), sealed(), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('can’t put something else under a code that is waiting', async () => {
    const [id, bytes] = [newId(), sealed()]
    await give(id, bytes)
    const again = await give(id, sealed())
    expect(again.status).toBe(409)
    expect(Buffer.from(await (await fetch(url(id))).arrayBuffer()).equals(bytes)).toBe(true)
  })
})

describe('a line that breaks', () => {
  it('fault 12: in the middle of giving leaves nothing, and the same code can be given again', async () => {
    const [id, bytes] = [newId(), sealed(2_000_000)]
    const before = await onDisk()
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    socket.write(headOf(id, `content-length: ${bytes.length}`))
    socket.write(bytes.subarray(0, 900_000))
    await expect.poll(() => stateOf(id)).toMatchObject({ state: 'coming' })
    expect((await fetch(url(id))).status).toBe(404)
    socket.destroy()
    await expect.poll(() => stateOf(id)).toMatchObject({ code: 'not-found' })
    await expect.poll(onDisk).toBe(before)
    expect((await give(id, bytes)).status).toBe(201)
    expect(Buffer.from(await (await fetch(url(id))).arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('fault 17: that went silent gives way to the next try', async () => {
    const [id, bytes] = [newId(), sealed(500_000)]
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    socket.write(headOf(id, `content-length: ${bytes.length}`))
    socket.write(bytes.subarray(0, 100_000))
    await expect.poll(() => stateOf(id)).toMatchObject({ state: 'coming' })
    expect((await give(id, bytes)).status).toBe(201)
    // What the silent one still sends doesn't get in.
    socket.write(bytes.subarray(100_000))
    await new Promise((resolve) => socket.once('data', resolve))
    expect(Buffer.from(await (await fetch(url(id))).arrayBuffer()).equals(bytes)).toBe(true)
    socket.destroy()
  })

  it('fault 31: a server killed while it came in removes what is left when it expires', async () => {
    const id = newId()
    await files.tus.create({ id: 'ab'.repeat(16), size: 9, offset: 0 } as never)
    const at = new Date(server.clock.now)
    const expiresAt = new Date(server.clock.now + 1)
    await server.db.insert(handovers).values({ id, bytes: 9, stored: `coming ${'ab'.repeat(16)}`, createdAt: at, expiresAt })
    later(1)
    const before = await onDisk()
    await sweepHandovers(context)
    expect(await onDisk()).toBe(before - 1)
    expect(await server.db.select().from(handovers)).not.toContainEqual(expect.objectContaining({ id }))
  })

  it('fault 33: a full disk is said as such, and nothing is left', async () => {
    const id = newId()
    const append = files.append
    files.append = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
    const reply = await give(id, sealed())
    files.append = append
    expect(reply.status).toBe(507)
    expect(await stateOf(id)).toMatchObject({ code: 'not-found' })
  })
})

describe('room', () => {
  it('is limited: the disk belongs to the applications', async () => {
    const at = new Date(server.clock.now)
    const expiresAt = new Date(server.clock.now + 60_000)
    const many = Array.from({ length: 500 }, () => ({ id: newId(), stored: '', bytes: 0, createdAt: at, expiresAt }))
    await server.db.insert(handovers).values(many)
    const reply = await give(newId(), sealed())
    expect(reply.status).toBe(503)
    expect(reply.headers.get('retry-after')).toBe('300')
    later(2)
    expect((await give(newId(), sealed())).status).toBe(201)
  })

  it('and so is how often one address gives', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 70; i++) statuses.push((await give('x', Buffer.from('x'))).status)
    expect(statuses.at(-1)).toBe(429)
  })
})

/** The beginning of a request, for those that go wrong afterwards. */
function headOf(id: string, length: string): string {
  const lines = ['POST /api/handovers HTTP/1.1', 'host: x', 'content-type: application/octet-stream', `x-handover: ${id}`, length]
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** The status of a request that ends after its headers. */
function raw(head: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    socket.once('data', (data) => {
      resolve(Number(data.toString('latin1').split(' ')[1]))
      socket.destroy()
    })
    socket.once('error', reject)
    socket.write(head)
  })
}
