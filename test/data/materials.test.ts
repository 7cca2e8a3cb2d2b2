import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Material } from '../../src/domain/forms/kinds'
import { StorageFull } from '../../src/data/failure'
import { bytesOf, describeMaterial, editMaterial, keepPhoto } from '../../src/data/materials'
import { phone } from '../../src/data/phone'
import { FakeServer, sha256Hex } from '../support/fakeWire'
import { beginDraft, newPhone, phoneOf, sync, view } from './phones'

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
    await describeMaterial(draft, 'licence', id, 'caption', '正面')
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

describe('a photo that finds no room', () => {
  const failing = async () => keepPhoto(draft, 'licence', photo(), 'photo').catch((reason: unknown) => reason)

  it('is refused with the size it needs, and the draft is untouched', async () => {
    const { db } = phone()
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    db.files.hook('creating', full)
    const failed = await failing()
    db.files.hook('creating').unsubscribe(full)
    expect(failed).toBeInstanceOf(StorageFull)
    expect((failed as Error).message).toContain('MB')
    expect(await licence()).toEqual([])
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
  })

  it('is not called kept when it can’t be read back', async () => {
    const { db } = phone()
    vi.spyOn(db.files, 'get').mockResolvedValue(undefined)
    expect(await failing()).toBeInstanceOf(StorageFull)
    expect(await licence()).toEqual([])
  })
})
