/** Files are looked into by a process apart, which may be as bad as it likes. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { clamd } from '../../mock-server/files/clamd'
import { Helper, limits } from '../../mock-server/inspection/helper'
import { inspectionApart } from '../../mock-server/inspection/inspection'
import { application, asking } from '../mock-server/application'
import { photo, sha256 } from '../mock-server/pictures'
import { uploaderOf } from '../mock-server/uploader'

const script = fileURLToPath(new URL('./misbehaving.mjs', import.meta.url))
const closing: (() => void)[] = []
afterAll(() => closing.forEach((close) => close()))

function misbehaving(most: Partial<typeof limits> = {}) {
  let started = 0
  const self = inspectionApart(() => {
    started += 1
    return new Helper({ ...limits, time: 3000, ...most }, script)
  })
  closing.push(self.stop)
  const look = (word: string) => self.inTurn((into) => into('image/jpeg', Buffer.from(`${word} `)))
  return { ...self, look, started: () => started }
}
const undecodable = { status: 422, code: 'undecodable' }

describe('security 48: a decoder that', () => {
  it('crashes is tried once more, then the file is refused, and the next one is looked into', async () => {
    const helper = misbehaving()
    await expect(helper.look('crash')).rejects.toMatchObject(undecodable)
    expect(helper.started()).toBe(2)
    await helper.look('good')
  })

  it('never comes to an end is killed', async () => {
    const helper = misbehaving({ time: 300 })
    await expect(helper.look('forever')).rejects.toMatchObject(undecodable)
  })

  it('takes all the memory gets no more than its share', async () => {
    const helper = misbehaving({ memory: 300 * 1024 * 1024, time: 20_000 })
    await expect(helper.look('memory')).rejects.toMatchObject(undecodable)
    await helper.look('good')
  })

  it('gives up for no known reason refuses the file', async () => {
    await expect(misbehaving().look('failed')).rejects.toMatchObject(undecodable)
  })

  it('would give away what it knows knows nothing of the server', async () => {
    process.env.DATABASE_URL_OF_TEST = 'postgres://user:secret@db/app'
    const told = await misbehaving().look('secrets').catch((reason: { code: string }) => reason.code)
    expect(told).not.toContain('secret')
    expect(Object.keys(JSON.parse(String(told)) as object)).not.toContain('DATABASE_URL_OF_TEST')
  })

  it('is used up is replaced', async () => {
    const helper = misbehaving({ files: 3 })
    for (let i = 0; i < 7; i++) await helper.look('good')
    expect(helper.started()).toBe(3)
  })

  it('has too much to do makes no queue without end', async () => {
    const helper = misbehaving()
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    const held = helper.inTurn(() => released)
    const waiting = Array.from(
      { length: 60 },
      () => helper.look('good').then(() => 204, ({ status }: { status: number }) => status),
    )
    release()
    await held
    const answers = await Promise.all(waiting)
    expect(answers.filter((status) => status === 503)).toHaveLength(21)
    expect(answers.filter((status) => status === 204)).toHaveLength(39)
  })

  it('never comes up blames no file: the phone is told to come again', async () => {
    const missing = inspectionApart(() => new Helper(limits, '/nowhere/inspection.js'))
    closing.push(missing.stop)
    const look = () => missing.inTurn((into) => into('image/jpeg', Buffer.from('good ')))
    await expect(look()).rejects.toMatchObject({ status: 503, retryAfter: 30 })
    await expect(look()).rejects.toMatchObject({ status: 503 })
  })

  it('is stopped with the server blames no file', async () => {
    const helper = misbehaving()
    const looking = helper.look('forever')
    setTimeout(helper.stop, 300)
    await expect(looking).rejects.toMatchObject({ status: 503 })
    await expect(helper.look('good')).rejects.toMatchObject({ status: 503 })
  })
})

interface Daemon {
  port: number
  scanned: Buffer[]
  close(): void
}
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** Speaks clamd's protocol: `zINSTREAM`, chunks with their length, a chunk of none. @param reply in place of an honest one */
async function daemon(reply?: (socket: Socket) => void): Promise<Daemon> {
  const scanned: Buffer[] = []
  const server = createServer((socket) => {
    let came = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', (part: Buffer) => {
      came = Buffer.concat([came, part])
      if (reply && came.length >= 10) return reply(socket)
      const file = streamed(came)
      if (!file) return
      scanned.push(file)
      socket.end(file.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => server.close()
  closing.push(close)
  return { port: (server.address() as AddressInfo).port, scanned, close }
}

function streamed(came: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  if (came.subarray(0, command.length).toString() !== command) return null
  const parts: Buffer[] = []
  for (let at = command.length; at + 4 <= came.length;) {
    const length = came.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(came.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

describe('security 49: a virus scanner that is connected', () => {
  it('sees every byte', async () => {
    const { port, scanned } = await daemon()
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251))
    await clamd('127.0.0.1', port).scan(bytes)
    expect(sha256(scanned[0] ?? Buffer.alloc(0))).toBe(sha256(bytes))
  })

  it('and finds something: 422', async () => {
    const { port } = await daemon()
    await expect(
      clamd('127.0.0.1', port).scan(Buffer.from(`a photo with ${EICAR}`)),
    ).rejects.toMatchObject({ status: 422, code: 'infected' })
  })

  it.each([
    ['is down', null],
    ['hangs up', (socket: Socket) => socket.destroy()],
    ['says nothing', () => undefined],
    ['says half a word', (socket: Socket) => socket.end('stream: O')],
    ['found the file too large', (socket: Socket) => socket.end('INSTREAM size limit exceeded. ERROR\0')],
    ['is another program', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\0')],
    ['never stops talking', (socket: Socket) => void socket.write('x'.repeat(5000))],
  ])('but %s: 503, and the file is not taken for clean', async (_, reply) => {
    const self = await daemon(reply ?? undefined)
    if (!reply) self.close()
    await expect(clamd('127.0.0.1', self.port, 400).scan(Buffer.alloc(100_000))).rejects.toMatchObject({ status: 503 })
  })

  it('has the last word about an upload; while it is away the upload waits, and is finished later', async () => {
    let away = true
    const { port } = await daemon()
    const scanner = { scan: (bytes: Uint8Array) => clamd('127.0.0.1', away ? 9 : port).scan(bytes) }
    const server = await application({ scanner })
    const { owner, begun, send, head, confirmed } = uploaderOf(server, await server.app.listen({ port: 0, host: '127.0.0.1' }))
    const person = await owner()
    const bytes = await photo()
    const url = await begun(person, bytes)
    expect((await send(person, url, bytes)).status).toBe(503)
    expect(await confirmed(person, sha256(bytes))).toEqual([])
    away = false
    expect((await head(person, url)).status).toBe(200)
    expect(await confirmed(person, sha256(bytes))).toEqual([sha256(bytes)])
    expect((await asking(server.app)('GET', '/api/health')).status).toBe(200)
  })
})
