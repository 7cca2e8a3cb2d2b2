import { beforeEach, describe, expect, it } from 'vitest'
import { consent } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { syncStatus } from '../../src/data/syncStatus'
import { Unreachable } from '../../src/data/failure'
import { readUploads } from '../../src/data/materials'
import { removeRow } from '../../src/data/rows'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, outbox, phoneOf, sync, view, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  draft = await beginDraft()
})

describe('a photo', () => {
  it('counts as sent only when the server names its digest', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    expect((await view(draft)).delivery.unconfirmed).toBe(1)
    server.meanwhile.upload = () => server.lose('confirmed', 'answer')
    await drain()
    expect(server.uploads).toEqual([sha256])
    expect((await view(draft)).delivery.unconfirmed).toBe(1)
    await sync()
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
    expect((await readUploads(draft)).get(sha256)).toMatchObject({ state: 'confirmed' })
  })

  it('that arrived although its answer was lost is not sent twice', async () => {
    await addPhoto(draft, 'licence', '营业执照')
    server.lose('upload', 'answer')
    await drain()
    await sync()
    expect(server.uploads).toHaveLength(1)
  })

  it('that is refused says why, and blocks no other', async () => {
    const bad = await addPhoto(draft, 'licence', '坏的')
    const good = await addPhoto(draft, 'awardCerts', '好的')
    server.failUpload = (sha256) => (sha256 === bad.sha256 ? refused(422, 'metadata', '照片里有拍摄地点') : null)
    await sync()
    const uploads = await readUploads(draft)
    expect(uploads.get(bad.sha256)).toMatchObject({ state: 'refused', reason: '照片里有拍摄地点' })
    expect(uploads.get(good.sha256)).toMatchObject({ state: 'confirmed' })
  })

  it('that fails holds up neither other photos nor answers', async () => {
    const bad = await addPhoto(draft, 'licence', '坏的')
    const good = await addPhoto(draft, 'awardCerts', '好的')
    server.failUpload = (sha256) => {
      if (sha256 !== bad.sha256) return null
      server.meanwhile.upload = undefined
      return new Unreachable('socket')
    }
    server.meanwhile.upload = () => edit(draft, 'employer', '传照片时写的')
    expect(await drain()).toBe(false)
    expect((await readUploads(draft)).get(good.sha256)).toMatchObject({ state: 'confirmed' })
    expect(server.value(draft, 'employer')).toBe('传照片时写的')
  })

  it('is not marked as refused because the session ended', async () => {
    const { sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(401, 'signed-out')
    expect(await drain()).toBe(false)
    expect(syncStatus.signInNeeded).toBe(true)
    expect((await readUploads(draft)).get(sha256)).toMatchObject({ state: 'waiting' })
    server.failUpload = () => null
    mine.wire.session ??= null
    await sync()
    expect((await readUploads(draft)).get(sha256)).toMatchObject({ state: 'confirmed' })
  })

  it('of an identity card waits for the consent, digest and all', async () => {
    const { sha256 } = await addPhoto(draft, 'idCard', '身份证')
    await sync()
    expect(server.uploads).toEqual([])
    expect((await outbox()).length).toBe(2)
    await consent(draft, '2021-1')
    await sync()
    expect(server.uploads).toEqual([sha256])
  })

  it('that was deleted is not sent, and is when it comes back', async () => {
    const { row, sha256 } = await addPhoto(draft, 'licence', '营业执照')
    const undo = await removeRow(draft, 'licence', row)
    await sync()
    expect(server.uploads).toEqual([])
    await undo()
    await sync()
    expect(server.uploads).toEqual([sha256])
  })

  it('under way does not hold up what is typed meanwhile', async () => {
    await addPhoto(draft, 'licence', '营业执照')
    const seen: unknown[] = []
    server.meanwhile.upload = async () => {
      await edit(draft, 'employer', '同时写的')
      await drainAnswers()
      seen.push(server.value(draft, 'employer'))
    }
    await sync()
    expect(seen).toEqual(['同时写的'])
  })
})

/** Another wake-up while files are under way: its answers go at once, its files wait for their turn. */
async function drainAnswers(): Promise<void> {
  void drain()
  await expect.poll(async () => (await outbox()).length).toBe(0)
}
