import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { phone } from '../../src/data/phone'
import { contentOf, type PackageContent } from '../../src/data/rescue/content'
import { FORMAT_VERSION, HEADER_BYTES, RECORD_BYTES, TAG_BYTES, type Bytes } from '../../src/data/rescue/format'
import { importPackage } from '../../src/data/rescue/import'
import { exportDraft } from '../../src/data/rescue/pack'
import { sealAll } from '../../src/data/rescue/records'
import { openPackage } from '../../src/data/rescue/unpack'
import { digestOfBytes } from '../../src/data/digest'
import { addPhoto, beginDraft, edit, newPhone, reopen, view } from './phones'
import { FakeServer } from '../support/fakeWire'

// The real number of rounds takes a second each; the first test looks at it.
vi.mock('../../src/data/rescue/format', async (original) => ({ ...(await original<object>()), ROUNDS: 500 }))

const password = '老陈的工具箱2021'
let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
  newPhone(server)
})
afterEach(() => vi.restoreAllMocks())

/** More than two records, so that they can be swapped. */
async function largePackage(): Promise<{ draft: string; bytes: Bytes; sha256: string }> {
  const draft = await beginDraft()
  await edit(draft, 'employer', '无锡机床股份有限公司')
  const { sha256 } = await addPhoto(draft, 'licence', '照'.repeat(900_000))
  return { draft, sha256, bytes: await bytesOf(await exportDraft(draft, password)) }
}
const bytesOf = async (file: Blob): Promise<Bytes> => new Uint8Array(await file.arrayBuffer())
const open = (bytes: Bytes, typed = password) => openPackage(new Blob([bytes]), typed)
function flipped(bytes: Bytes, at: number): Bytes {
  const changed = bytes.slice()
  changed[at] = (changed[at] ?? 0) ^ 0x10
  return changed
}
async function readAll(bytes: Bytes): Promise<number> {
  let files = 0
  for await (const { file, bytes: found } of (await open(bytes)).files())
    files += Number((await digestOfBytes(found)) === file.sha256)
  return files
}

describe('a package file', () => {
  it('makes each guess of a password cost 600,000 rounds of SHA-256', async () => {
    const { ROUNDS } = await vi.importActual<{ ROUNDS: number }>('../../src/data/rescue/format')
    expect(ROUNDS).toBe(600_000)
    const { bytes } = await largePackage()
    // What stands in the header is what was used.
    expect(new DataView(bytes.buffer).getUint32(9)).toBe(500)
  })

  it('says that the password is wrong, in other words than that the file is damaged', async () => {
    const { bytes } = await largePackage()
    const wrong = await open(bytes, '老陈的工具箱2022').catch((reason: Error) => reason)
    const damaged = await open(flipped(bytes, 20)).catch((reason: Error) => reason)
    expect(wrong).toMatchObject({ kind: 'wrong-password' })
    expect(damaged).toMatchObject({ kind: 'damaged' })
    expect((wrong as Error).message).not.toBe((damaged as Error).message)
  })

  it('takes the password from a keyboard with full-width letters', async () => {
    const { bytes, draft } = await largePackage()
    expect((await open(bytes, '老陈的工具箱２０２１')).content.draft.id).toBe(draft)
  })

  it('is refused with any byte changed: header, text, a photo in the middle, the end', async () => {
    const { bytes } = await largePackage()
    expect(await readAll(bytes)).toBe(1)
    const record = RECORD_BYTES + TAG_BYTES
    const inHeader = [9, 12, 13, 28, 29, 44, 45, 52]
    const inRecords = [0, 7, record - 1, record, 2 * record + 9].map((at) => HEADER_BYTES + at)
    for (const at of [...inHeader, ...inRecords, bytes.length - 1])
      await expect(readAll(flipped(bytes, at)), `byte ${at}`).rejects.toMatchObject({ kind: 'damaged' })
    for (const at of [0, 7]) await expect(readAll(flipped(bytes, at))).rejects.toMatchObject({ kind: 'not-a-package' })
    await expect(readAll(flipped(bytes, 8))).rejects.toMatchObject({ kind: 'damaged' })
  }, 60_000)

  it('is refused when it was cut off anywhere, also between two records, or has something behind it', async () => {
    const { bytes } = await largePackage()
    const record = RECORD_BYTES + TAG_BYTES
    const places = [0, 10, record, 2 * record].map((at) => HEADER_BYTES + at)
    for (const length of [8, 30, ...places, bytes.length - 1])
      await expect(readAll(bytes.slice(0, length)), `${length} bytes`).rejects.toMatchObject({ kind: 'damaged' })
    await expect(readAll(bytes.slice(0, 0))).rejects.toMatchObject({ kind: 'not-a-package' })
    const longer = new Uint8Array(bytes.length + 40)
    longer.set(bytes)
    await expect(readAll(longer)).rejects.toMatchObject({ kind: 'damaged' })
  }, 60_000)

  it('is refused when its records changed places', async () => {
    const { bytes } = await largePackage()
    const record = RECORD_BYTES + TAG_BYTES
    const swapped = bytes.slice()
    swapped.set(bytes.slice(HEADER_BYTES + record, HEADER_BYTES + 2 * record), HEADER_BYTES)
    swapped.set(bytes.slice(HEADER_BYTES, HEADER_BYTES + record), HEADER_BYTES + record)
    await expect(readAll(swapped)).rejects.toMatchObject({ kind: 'damaged' })
  })

  it('of a newer version is refused with the advice to update', async () => {
    const { bytes } = await largePackage()
    const newer = bytes.slice()
    newer[8] = FORMAT_VERSION + 1
    newer.set((await digest(newer.slice(0, 45))).slice(0, 8), 45)
    await expect(open(newer)).rejects.toMatchObject({ kind: 'newer', message: expect.stringContaining('更新') as string })
  })
})

const digest = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

/** A package by hand: whatever content, sealed with the right password. */
async function packed(content: unknown, ...files: Bytes[]): Promise<Bytes> {
  async function* plain() {
    const text = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content))
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, text.length)
    yield length
    yield text
    yield* files
  }
  return bytesOf(await sealAll(plain(), password))
}
async function plainContent(): Promise<PackageContent> {
  const draft = await beginDraft()
  await edit(draft, 'employer', '无锡机床股份有限公司')
  return contentOf(phone(), draft)
}

describe('hostile content', () => {
  it('made by somebody who knows the password is refused, and nothing is stored', async () => {
    const good = await plainContent()
    const [first] = good.registers
    if (!first) throw new Error('no register')
    const withRegister = (path: string, value: unknown) => {
      return { ...good, registers: [...good.registers, { ...first, path, value }] }
    }
    const bytes = new TextEncoder().encode('另外的字节')
    const file = { sha256: 'a'.repeat(64), type: 'image/jpeg', bytes: bytes.length }
    const hostile: [string, unknown, ...Bytes[]][] = [
      ['not JSON', 'ZIP'],
      ['no draft', {}],
      ['null', null],
      ['a path of no form', withRegister('wages', 1)],
      ['a path into the prototype', withRegister('__proto__', { polluted: true })],
      ['a cell in the prototype', withRegister('members/__proto__/age', 1)],
      ['a key of the prototype', JSON.stringify(withRegister('name', { x: 1 })).replace('"x":', '"__proto__":')],
      ['a path that climbs', withRegister('../name', 'x')],
      ['a value without end', withRegister('name', 'x'.repeat(70_000))],
      ['a value nested without end', withRegister('name', JSON.parse('['.repeat(50) + ']'.repeat(50)))],
      ['two values at one place', { ...good, registers: [...good.registers, first] }],
      ['a version that no server counts to', { ...good, registers: [{ ...first, version: 2 ** 31 }] }],
      ['a million registers', { ...good, registers: Array.from({ length: 30_000 }, () => first) }],
      ['a row that is no row', withRegister('licence/row', 'here')],
      ['another draft’s receipt', { ...good, receipts: [{ number: 'WX', draft: crypto.randomUUID() }] }],
      ['an id that is no id', { ...good, draft: { ...good.draft, id: '../../etc' } }],
      ['a file that isn’t there', { ...good, files: [file] }],
      ['a file of a negative length', { ...good, files: [{ ...file, bytes: -1 }] }],
      ['a file of 4 GB in a small package', { ...good, files: [{ ...file, bytes: 4e9 }] }],
      ['bytes that no file names', good, bytes],
      ['other bytes than their digest', { ...good, files: [file] }, bytes],
    ]
    newPhone(server)
    for (const [name, content, ...files] of hostile) {
      const made = await packed(content, ...files)
      const reason: unknown = await open(made).then(importPackage).catch((thrown: unknown) => thrown)
      expect({ name, kind: (reason as { kind?: string }).kind }).toEqual({ name, kind: 'foreign' })
    }
    const { db } = phone()
    for (const table of [db.drafts, db.registers, db.outbox, db.files, db.uploads]) expect(await table.count()).toBe(0)
    expect({}).not.toHaveProperty('polluted')
  }, 60_000)

  it('claims lengths that the file can’t hold: refused before any memory is taken', async () => {
    async function* plain() {
      yield new Uint8Array([0x7f, 0xff, 0xff, 0xff])
    }
    await expect(open(await bytesOf(await sealAll(plain(), password)))).rejects.toMatchObject({ name: 'RescueFault' })
  })

  it('fault 9: of a newer form is refused with the advice to update, not half understood', async () => {
    const good = await plainContent()
    const newer = (value: unknown) => ({ ...(value as object), formVersion: 99 })
    const registers = good.registers.map((one) => (one.path === '$draft' ? { ...one, value: newer(one.value) } : one))
    await expect(open(await packed({ ...good, registers }))).rejects.toMatchObject({ kind: 'newer' })
    await expect(open(await packed({ ...good, client: 99 }))).rejects.toMatchObject({ kind: 'newer' })
  })
})

describe('an earlier version', () => {
  // Written once by the first version that packed anything; never made again.
  it('stays readable: a package that somebody put away years ago', async () => {
    const bytes = new Uint8Array(await readFile('test/support/rescue/version-1.jsbak'))
    newPhone(server)
    const opened = await open(bytes)
    expect(opened.content.from).toMatchObject({ account: 'account-chen', phone: '138****0001' })
    await expect(importPackage(opened)).rejects.toMatchObject({ kind: 'other-account' })
    const draft = await importPackage(opened, { copy: true })
    const { answers } = await view(draft)
    expect(answers).toMatchObject({ name: '陈志远', employer: '没有发出去的单位' })
    const [photo] = answers.licence as { file: { sha256: string } }[]
    const kept = await phone().db.files.get(photo?.file.sha256 ?? '')
    expect(new TextDecoder().decode(kept?.payload.buf)).toBe('营业执照')
  })
})

describe('an import', () => {
  it('fault 2: killed between the files and the answers leaves nothing half, and is simply done again', async () => {
    const { draft, bytes, sha256 } = await largePackage()
    newPhone(server)
    const { db } = phone()
    const original = db.transaction.bind(db) as (...args: unknown[]) => unknown
    let reached = false
    vi.spyOn(db, 'transaction').mockImplementation(((...args: unknown[]) => {
      const [mode, tables] = args
      if (mode !== 'rw' || !Array.isArray(tables) || tables.length < db.tables.length) return original(...args)
      reached = true
      return new Promise(() => undefined)
    }) as never)
    void open(bytes).then(importPackage)
    await expect.poll(() => reached).toBe(true)
    vi.restoreAllMocks()
    reopen()
    expect(await phone().db.drafts.count()).toBe(0)
    expect(await phone().db.files.count()).toBe(1)
    expect(await importAgain(bytes)).toBe(draft)
    expect((await view(draft)).answers.employer).toBe('无锡机床股份有限公司')
    expect(await phone().db.uploads.get([draft, sha256])).toMatchObject({ state: 'waiting' })
  })

  it('fault 21: a full disk refuses the whole with the room that it needs, and leaves nothing behind', async () => {
    const { bytes } = await largePackage()
    newPhone(server)
    const { db } = phone()
    vi.spyOn(db.files, 'put').mockImplementation((() => Promise.reject(new DOMException('full', 'QuotaExceededError'))) as never)
    await expect(open(bytes).then(importPackage)).rejects.toThrow(/需要 2\.6 MB.*什么都没有存进来/)
    expect(await db.drafts.count()).toBe(0)
    expect(await db.files.count()).toBe(0)
  })

  it('fault 25: a photo that was put and is not there counts as not kept', async () => {
    const { bytes } = await largePackage()
    newPhone(server)
    const { db } = phone()
    vi.spyOn(db.files, 'put').mockImplementation((() => Promise.resolve('')) as never)
    await expect(open(bytes).then(importPackage)).rejects.toMatchObject({ name: 'NotKept' })
    expect(await db.drafts.count()).toBe(0)
  })

  it('weighs again what was typed while the photos were read', async () => {
    const { draft, bytes } = await largePackage()
    const opened = await open(bytes)
    await importPackage(opened, { onProgress: () => void edit(draft, 'employer', '导入时正在写的') })
    expect((await view(draft)).answers.employer).toBe('导入时正在写的')
  })
})

/** The killed page took its locks with it; a test's page hasn't. */
const importAgain = async (bytes: Bytes) => {
  newPhone(server)
  return importPackage(await open(bytes))
}
