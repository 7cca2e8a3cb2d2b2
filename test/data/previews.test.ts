/** What goes first: text, then small pictures, then the smallest files; and what waits on a line that is paid for. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drain, sendDraft } from '../../src/data/drain'
import { readUploads, thumbnailOf } from '../../src/data/materials'
import { chooseMetered } from '../../src/data/metered'
import { phone } from '../../src/data/phone'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, phoneOf, sync, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  draft = await beginDraft()
})
afterEach(() => vi.unstubAllGlobals())

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]).buffer
/** A photo with its small picture, as the worker leaves it. */
async function photoOf(slot: string, letter: string, bytes: number) {
  const photo = await addPhoto(draft, slot, letter.repeat(bytes))
  await phone().db.thumbnails.put({ sha256: photo.sha256, type: 'image/jpeg', bytes: jpeg.byteLength, payload: { buf: jpeg } })
  return photo
}
const calls = () => server.requests.map(({ call }) => call)

describe('on a slow line', () => {
  it('text goes first, then every small picture, then the smallest file', async () => {
    const [large, small] = [await photoOf('licence', 'a', 3000), await photoOf('awardCerts', 'b', 200)]
    await edit(draft, 'employer', '无锡锡山')
    await sync()
    const sent = calls().filter((call) => ['push', 'sendPreview', 'upload'].includes(call))
    expect(sent).toEqual(['push', 'sendPreview', 'sendPreview', 'upload', 'upload'])
    expect(server.uploads).toEqual([small.sha256, large.sha256])
  })

  it('a small picture goes once', async () => {
    const { sha256 } = await photoOf('licence', 'a', 300)
    server.failUpload = () => refused(503, 'unavailable')
    await drain()
    expect(await phone().db.uploads.get([draft, sha256])).toMatchObject({ previewed: 1, state: 'waiting' })
    server.failUpload = () => null
    await sync()
    expect(calls().filter((call) => call === 'sendPreview')).toHaveLength(1)
  })

  it('a small picture that is refused blocks no file, and is not offered again', async () => {
    const { sha256 } = await photoOf('licence', 'a', 310)
    server.failPreview = () => refused(422, 'damaged')
    await sync()
    expect((await readUploads(draft)).get(sha256)).toMatchObject({ state: 'confirmed' })
    await addPhoto(draft, 'awardCerts', '又一张')
    await sync()
    expect(calls().filter((call) => call === 'sendPreview')).toHaveLength(1)
  })

  it('one at which the line breaks does not hold the files up in the next round', async () => {
    const { sha256 } = await photoOf('licence', 'a', 320)
    server.lose('sendPreview', 'request', 5)
    expect(await drain()).toBe(false)
    await sync()
    expect((await readUploads(draft)).get(sha256)).toMatchObject({ state: 'confirmed' })
  })
})

describe('another phone', () => {
  it('shows the small picture without fetching the photo', async () => {
    const photo = await photoOf('licence', 'a', 900)
    await sync()
    await phoneOf(server)
    await sync()
    const shown = await thumbnailOf(draft, photo)
    expect(new Uint8Array((await shown?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(new Uint8Array(jpeg))
    expect(calls()).not.toContain('file')
    expect(await phone().db.thumbnails.get(photo.sha256)).toBeDefined()
  })

  it('takes no page for a picture', async () => {
    const photo = await photoOf('licence', 'a', 910)
    await sync()
    server.drafts.get(draft)?.previews.set(photo.sha256, new TextEncoder().encode('<html>').buffer)
    await phoneOf(server)
    await sync()
    await thumbnailOf(draft, photo)
    expect(await phone().db.thumbnails.get(photo.sha256)).toBeUndefined()
  })
})

describe('on a line that is paid for', () => {
  const paid = (connection: object) => vi.stubGlobal('navigator', { connection })
  beforeEach(() => chooseMetered('later'))

  it.each([
    ['a mobile line', { type: 'cellular' }],
    ['a phone that saves data', { saveData: true }],
  ])('files of more than 1 MB wait, text and small pictures go: %s', async (_, connection) => {
    paid(connection)
    const { sha256 } = await photoOf('licence', 'a', 1_100_000)
    await edit(draft, 'employer', '无锡锡山')
    await sync()
    expect(server.uploads).toEqual([])
    expect(server.value(draft, 'employer')).toBe('无锡锡山')
    expect(server.drafts.get(draft)?.previews.has(sha256)).toBe(true)
  })

  it('go when their user says so', async () => {
    paid({ type: 'cellular' })
    const { sha256 } = await photoOf('licence', 'a', 1_100_001)
    await sync()
    chooseMetered('now')
    await sync()
    expect(server.uploads).toEqual([sha256])
  })

  it('go by themselves where there is little of them', async () => {
    paid({ type: 'cellular' })
    const { sha256 } = await photoOf('licence', 'a', 500_000)
    await sync()
    expect(server.uploads).toEqual([sha256])
  })

  it.each([
    ['Wi-Fi', { type: 'wifi' }],
    ['a line of which nothing is known', undefined],
  ])('go over %s', async (_, connection) => {
    vi.stubGlobal('navigator', { connection })
    const { sha256 } = await photoOf('licence', 'a', 1_100_002)
    await sync()
    expect(server.uploads).toEqual([sha256])
  })

  it('a submission says what it waits for', async () => {
    paid({ type: 'cellular' })
    await photoOf('licence', 'a', 1_100_003)
    await expect(sendDraft(mine.wire, phone(), draft)).rejects.toThrow('现在传')
  })
})
