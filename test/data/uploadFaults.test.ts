/** Files on their way when something goes wrong: none is lost, none blocks the others, none is stuck. */
import { beforeEach, describe, expect, it } from 'vitest'
import { drain, sendDraft } from '../../src/data/drain'
import { Unreachable } from '../../src/data/failure'
import { readUploads } from '../../src/data/materials'
import { phone } from '../../src/data/phone'
import { syncStatus } from '../../src/data/syncStatus'
import { recheckUploads, retryUpload } from '../../src/data/upload'
import { useWire, type Upload } from '../../src/data/wire'
import { write } from '../../src/data/write'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, keepFile, phoneOf, reopen, sync, take, view, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  draft = await beginDraft()
})
const stateOf = async (sha256: string) => (await readUploads(draft)).get(sha256)
const noted = async (sha256: string) => phone().codec.open((await phone().db.uploads.get([draft, sha256]))?.payload ?? {})
const tried = () => server.requests.filter(({ call }) => call === 'upload').length

describe('a file that came in damaged', () => {
  it('is no refused file: it waits, its address is dropped, and it goes again', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(422, 'digest-differs', '文件在传输中损坏了')
    expect(await drain()).toBe(false)
    expect(await stateOf(sha256)).toMatchObject({ state: 'waiting', sent: 0 })
    expect(await noted(sha256)).toEqual({ tries: 1 })
    server.failUpload = () => null
    await sync()
    expect(await stateOf(sha256)).toMatchObject({ state: 'confirmed' })
  })

  it('is not sent for ever: after five times its user is told, and may ask for more', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(422, 'digest-differs')
    for (let i = 0; i < 7; i++) await drain()
    expect(await stateOf(sha256)).toMatchObject({ state: 'refused', reason: expect.stringContaining('换一个网络') as string })
    expect(tried()).toBe(5)
    server.failUpload = () => null
    await retryUpload(draft, sha256)
    await sync()
    expect(await stateOf(sha256)).toMatchObject({ state: 'confirmed' })
  })

  it('keeps its address where only a chunk was damaged', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(460, 'checksum-differs')
    await drain()
    expect(await noted(sha256)).toMatchObject({ url: expect.stringMatching(/^\/api\/files/) as string, tries: 1 })
  })

  it('because the phone’s own copy is spoilt is refused at once, with the truth', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    await phone().db.files.update(sha256, { payload: { buf: new TextEncoder().encode('别的').buffer } })
    await drain()
    expect(await stateOf(sha256)).toMatchObject({ state: 'refused', reason: expect.stringContaining('已损坏') as string })
  })

  it('or that the server says it took and then does not name, goes again from its beginning', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.meanwhile.upload = () => void server.drafts.get(draft)?.files.clear()
    expect(await drain()).toBe(false)
    expect(await noted(sha256)).toEqual({ tries: 1 })
    await sync()
    expect(await stateOf(sha256)).toMatchObject({ state: 'confirmed' })
  })
})

it('fault 4: a page killed in the middle goes on where the server stands', async () => {
  await addPhoto(draft, 'licence', '营业执照')
  server.failUpload = () => new Unreachable('killed')
  await drain()
  const asked: (string | undefined)[] = []
  server.failUpload = () => null
  reopen()
  const { wire } = mine
  useWire({ ...wire, upload: (upload: Upload) => (asked.push(upload.url), wire.upload(upload)) })
  await sync()
  expect(asked).toEqual([expect.stringMatching(/^\/api\/files\//)])
})

it.each([
  ['fault 33: a full server', 507, 'storage-full'],
  ['fault 34: a busy server', 503, 'unavailable'],
])('%s keeps every file waiting, and is not asked with the next one', async (_, status, code) => {
  const photos = [await addPhoto(draft, 'licence', '一'), await addPhoto(draft, 'awardCerts', '二二')]
  server.failUpload = () => refused(status, code, '服务器存储空间不足，内容都在手机里', 60)
  expect(await drain()).toBe(false)
  expect(tried()).toBe(1)
  for (const { sha256 } of photos) expect(await stateOf(sha256)).toMatchObject({ state: 'waiting' })
  expect(syncStatus.trouble).toContain('内容都在手机里')
  expect(syncStatus.nextTry - Date.now()).toBeGreaterThan(50_000)
})

describe('faults 17 and 18: a line that carries nothing', () => {
  const thirty = async () => {
    for (let i = 0; i < 30; i++) await addPhoto(draft, 'awardCerts', `照片 ${i}`)
  }

  it('is noticed at the first of thirty files, not at each', async () => {
    await thirty()
    server.failUpload = () => {
      server.lose('confirmed', 'request')
      return new Unreachable('no progress')
    }
    expect(await drain()).toBe(false)
    expect(tried()).toBe(1)
  })

  it('and one that carries only questions costs the time of two', async () => {
    await thirty()
    server.failUpload = () => new Unreachable('no progress')
    expect(await drain()).toBe(false)
    expect(tried()).toBe(2)
  })

  it('a file that never gets through has its turn after all others', async () => {
    const bad = await addPhoto(draft, 'licence', '小')
    await thirty()
    server.failUpload = (sha256) => (sha256 === bad.sha256 ? new Unreachable('a box on the way') : null)
    await drain()
    const uploads = [...(await readUploads(draft)).values()]
    expect(uploads.filter(({ state }) => state === 'confirmed')).toHaveLength(30)
    const later = await addPhoto(draft, 'awardCerts', '后来拍的，比它大')
    const order: string[] = []
    server.failUpload = (sha256) => {
      order.push(sha256)
      return sha256 === bad.sha256 ? new Unreachable('a box on the way') : null
    }
    await drain()
    expect(order).toEqual([later.sha256, bad.sha256])
  })
})

describe('a server that lost what it had confirmed', () => {
  const confirmedPhoto = async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    expect(await stateOf(sha256)).toMatchObject({ state: 'confirmed' })
    return sha256
  }

  it('fault 35: gets it again after a recheck, and nothing that it still has', async () => {
    const lost = await confirmedPhoto()
    const { sha256: kept } = await addPhoto(draft, 'awardCerts', '还在')
    await sync()
    server.drafts.get(draft)?.files.delete(lost)
    await recheckUploads(phone().db, draft)
    expect(await stateOf(lost)).toMatchObject({ state: 'waiting', sent: 0 })
    await sync()
    expect(server.uploads.filter((one) => one === lost)).toHaveLength(2)
    expect(server.uploads.filter((one) => one === kept)).toHaveLength(1)
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
  })

  it('gets it again before a submission, without being asked', async () => {
    const lost = await confirmedPhoto()
    server.drafts.get(draft)?.files.clear()
    await sendDraft(mine.wire, phone(), draft)
    expect(server.drafts.get(draft)?.files.has(lost)).toBe(true)
  })

  it('a recheck of one draft leaves the others alone', async () => {
    const sha256 = await confirmedPhoto()
    await recheckUploads(phone().db, 'another draft')
    expect(await stateOf(sha256)).toMatchObject({ state: 'confirmed' })
  })
})

it('fault 48: the same photo in two places is one file', async () => {
  const file = await keepFile('同一张')
  for (const row of ['awardCerts/one', 'awardCerts/two'])
    await write(draft, [{ path: row, value: { order: row } }, { path: `${row}/file`, value: { ...file } }])
  await sync()
  expect(server.uploads).toEqual([file.sha256])
})

it('fault 47: another account that comes into use in the middle gets none of the files', async () => {
  await addPhoto(draft, 'licence', '一')
  await addPhoto(draft, 'awardCerts', '二二')
  const other = await phoneOf(server, { id: 'account-other', name: '别人', phone: '139****0009' })
  take(mine)
  server.meanwhile.upload = () => take(other)
  await drain()
  expect(server.uploads).toHaveLength(1)
})
