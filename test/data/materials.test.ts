import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Material } from '../../src/domain/forms/kinds'
import type { FileRow } from '../../src/data/database'
import { isQuotaError } from '../../src/data/failure'
import { bytesOf, editMaterial, keepPhoto } from '../../src/data/materials'
import { phone } from '../../src/data/phone'
import { NotKept, StorageFull } from '../../src/data/storageFailure'
import { write } from '../../src/data/write'
import { FakeServer, sha256Hex } from '../support/fakeWire'
import { beginDraft, edit, keepFile, newPhone, phoneOf, sync, view } from './phones'

/** The worker's part, without pixels: bytes in, prepared bytes out. */
function prepared(text: string) {
  const buf = Buffer.from(text)
  const bytes = new Uint8Array(buf).buffer
  const thumbnail = { buf: new Uint8Array([1]).buffer, type: 'image/jpeg', width: 1, height: 1 }
  const facts = { sha256: sha256Hex(bytes), bytes: bytes.byteLength, type: 'image/jpeg', width: 4, height: 3 }
  return { ...facts, buf: bytes, warnings: [], thumbnail }
}
vi.mock('../../src/photos', () => ({
  prepare: async (source: Blob) => prepared(await source.text()),
  edit: async () => prepared('转过的'),
  factsOf: ({ sha256, type, bytes, width, height }: ReturnType<typeof prepared>, name?: string) =>
    ({ sha256, type, bytes, width, height, ...(name ? { name } : {}) }),
}))

let draft: string
beforeEach(async () => {
  newPhone(new FakeServer())
  draft = await beginDraft()
})
const licence = async (): Promise<Material[]> => ((await view(draft)).answers.licence ?? []) as Material[]
const photo = (text = '营业执照') => new File([text], '执照.jpg')

describe('a kept photo', () => {
  it('is on disk with its bytes, its description and its delivery', async () => {
    const id = await keepPhoto(draft, 'licence', photo(), 'photo', { caption: '正面' })
    const [material] = await licence()
    expect(material).toMatchObject({ id, caption: '正面', file: { name: '执照.jpg', sha256: sha256Hex('营业执照') } })
    if (!material?.file) throw new Error('no file')
    expect(Buffer.from(await bytesOf(draft, material.file)).toString()).toBe('营业执照')
    expect((await view(draft)).delivery.unconfirmed).toBe(1)
  })

  it('keeps its row when it is turned, and the earlier file stays', async () => {
    const id = await keepPhoto(draft, 'licence', photo(), 'photo')
    await write(draft, [{ path: `licence/${id}/caption`, value: '正面' }])
    const [before] = await licence()
    if (before) await editMaterial(draft, 'licence', before, { rotate: 90 } as never)
    expect(await licence()).toMatchObject([{ id, caption: '正面', file: { sha256: sha256Hex('转过的') } }])
    expect(await phone().db.files.count()).toBe(2)
  })

  it('is sent whole', async () => {
    const server = new FakeServer()
    await phoneOf(server)
    draft = await beginDraft()
    await keepPhoto(draft, 'licence', photo(), 'photo')
    await sync()
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
    expect(server.uploads).toEqual([sha256Hex('营业执照')])
  })
})

/** IndexedDB's own refusal, for as long as `work` runs. */
async function withFullTable<T>(table: 'files' | 'thumbnails' | 'outbox', work: () => Promise<T>): Promise<T> {
  const full = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  phone().db[table].hook('creating', full)
  try {
    return await work()
  } finally {
    phone().db[table].hook('creating').unsubscribe(full)
  }
}
const failing = async () => keepPhoto(draft, 'licence', photo(), 'photo').catch((reason: unknown) => reason)
const allow = (quota: number, usage: number) =>
  vi.stubGlobal('navigator', { ...navigator, userAgent: '', storage: { estimate: async () => ({ quota, usage }) } })
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('fault 21: a full disk', () => {
  it('refuses a photo with the room it needs, and leaves the draft untouched', async () => {
    const failed = await withFullTable('files', failing)
    expect(failed).toBeInstanceOf(StorageFull)
    expect((failed as StorageFull).needed).toBe(12)
    expect((failed as Error).message).toContain('需要 0.1 MB')
    expect(await licence()).toEqual([])
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
  })

  it('leaves room for words: a photo that would take the last of it is refused before anything is written', async () => {
    allow(100_000_000, 99_000_000)
    expect(await failing()).toBeInstanceOf(StorageFull)
    expect(await phone().db.files.count()).toBe(0)
    await edit(draft, 'employer', '无锡精密')
    expect((await view(draft)).answers.employer).toBe('无锡精密')
  })

  it('keeps a photo whose small picture finds no room', async () => {
    await withFullTable('thumbnails', () => keepPhoto(draft, 'licence', photo(), 'photo'))
    expect(await licence()).toHaveLength(1)
  })

  it('leaves nothing half-written when the bytes find room and their place in the draft does not', async () => {
    const failed = await withFullTable('outbox', failing)
    expect(isQuotaError(failed)).toBe(true)
    expect(await licence()).toEqual([])
    expect([await phone().db.files.count(), await phone().db.thumbnails.count()]).toEqual([0, 0])
  })

  it('takes no bytes back that another photo stands on', async () => {
    await keepPhoto(draft, 'licence', photo(), 'photo')
    await withFullTable('outbox', failing)
    expect(await phone().db.files.count()).toBe(1)
  })

  it('keeps words by dropping small pictures, which can be drawn again', async () => {
    await keepPhoto(draft, 'licence', photo(), 'photo')
    const { db } = phone()
    // Small pictures are all that can give way.
    const full = () => {
      if (small > 0) throw new DOMException('full', 'QuotaExceededError')
    }
    let small = await db.thumbnails.count()
    const clear = db.thumbnails.clear.bind(db.thumbnails)
    vi.spyOn(db.thumbnails, 'clear').mockImplementation(() => clear().then(() => void (small = 0)))
    db.outbox.hook('creating', full)
    await edit(draft, 'employer', '无锡精密')
    db.outbox.hook('creating').unsubscribe(full)
    expect((await view(draft)).answers.employer).toBe('无锡精密')
    expect([await db.files.count(), await db.thumbnails.count()]).toEqual([1, 0])
  })
})

it('fault 25: a photo that is stored and not there when it is read back is not called kept', async () => {
  const { db } = phone()
  vi.spyOn(db.files, 'get').mockResolvedValue(undefined)
  const failed = await failing()
  expect(failed).toBeInstanceOf(NotKept)
  expect((failed as Error).message).toContain('再拍一次')
  expect(await licence()).toEqual([])
})

it('fault 25: nor is one that comes back with other bytes', async () => {
  const { db } = phone()
  const other = await keepFile('别的照片')
  const real = db.files.get.bind(db.files) as (key: string) => Promise<FileRow | undefined>
  vi.spyOn(db.files, 'get').mockImplementation((() => real(other.sha256)) as never)
  expect(await failing()).toBeInstanceOf(NotKept)
  expect(await licence()).toEqual([])
})
