import { beforeEach, describe, expect, it } from 'vitest'
import { copyDraft } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { Refused, Unreachable } from '../../src/data/failure'
import { bytesOf } from '../../src/data/materials'
import { phone } from '../../src/data/phone'
import { clearEarlier, releaseConfirmed } from '../../src/data/release'
import { removeRow } from '../../src/data/rows'
import { readStorageUse } from '../../src/data/storageUse'
import { write } from '../../src/data/write'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, keepFile, newPhone, phoneOf, sync, view, type Phone } from './phones'

let server: FakeServer
let mine: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  mine = await phoneOf(server)
  draft = await beginDraft()
})
const stored = async () => (await phone().db.files.toCollection().primaryKeys()).sort()

/** Another file under the same photo, as turning does. */
async function turn(row: string, text: string) {
  const file = await keepFile(text)
  await write(draft, [{ path: `licence/${row}/file`, value: { ...file } }])
  return file
}

describe('the storage page', () => {
  it('weighs each draft’s photos, those that several share once, and earlier versions apart', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    const turned = await turn(photo.row, '转过的营业执照')
    const alone = await addPhoto(draft, 'awardCerts', '荣誉证书一二三')
    const other = await copyDraft(draft)
    const own = await addPhoto(other, 'awardCerts', '副本自己的')
    const { drafts, shared, earlier, words } = await readStorageUse()
    const of = (id: string) => drafts.find((one) => one.draft.id === id)?.files
    expect(shared).toEqual({ count: 2, bytes: turned.bytes + alone.bytes })
    expect(earlier).toEqual({ count: 1, bytes: photo.bytes })
    expect([of(draft), of(other)]).toEqual([
      { count: 0, bytes: 0 },
      { count: 1, bytes: own.bytes },
    ])
    expect(words.bytes).toBeGreaterThan(100)
  })

  it('weighs photos of another phone that were looked at here', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    await phoneOf(server)
    await sync()
    expect((await readStorageUse()).drafts[0]?.files).toEqual({ count: 0, bytes: 0 })
    await bytesOf(draft, photo)
    expect(await readStorageUse()).toMatchObject({ drafts: [{ files: { count: 1, bytes: photo.bytes } }], freeable: { count: 1 } })
  })
})

describe('releasing', () => {
  it('frees what the server has, and fetches it again when it is looked at', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    expect((await readStorageUse()).freeable).toEqual({ count: 1, bytes: photo.bytes })
    expect(await releaseConfirmed()).toEqual({ files: 1, bytes: photo.bytes, kept: 0 })
    expect(await stored()).toEqual([])
    expect(Buffer.from(await bytesOf(draft, photo)).toString()).toBe('营业执照')
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
  })

  it('never frees what has not been sent', async () => {
    const sent = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    const unsent = await addPhoto(draft, 'awardCerts', '还没传的')
    expect(await releaseConfirmed()).toMatchObject({ files: 1, kept: 1 })
    expect(await stored()).toEqual([unsent.sha256])
    expect(sent.sha256).not.toBe(unsent.sha256)
  })

  it('asks the server at that moment: what it has lost since stays, and is sent again', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    server.drafts.get(draft)?.files.clear()
    expect(await releaseConfirmed()).toMatchObject({ files: 0, kept: 1 })
    expect(await stored()).toEqual([photo.sha256])
    expect((await view(draft)).delivery.unconfirmed).toBe(1)
    await sync()
    expect(server.drafts.get(draft)?.files.has(photo.sha256)).toBe(true)
  })

  it('keeps a photo that a second draft shows and has not sent yet', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    await copyDraft(draft)
    expect(await releaseConfirmed()).toMatchObject({ files: 0, kept: 1 })
    expect(await stored()).toEqual([photo.sha256])
  })

  it('keeps a photo that an open conflict stands on', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await sync()
    await phone().db.conflicts.put({
      draft,
      id: 'c1',
      closed: 0,
      payload: { path: `licence/${photo.row}/file`, mine: { ...photo }, by: '陈志远', at: '', reason: 'changed' },
    })
    expect(await releaseConfirmed()).toMatchObject({ files: 0 })
  })

  it('frees nothing when the answer is lost, or the session has ended', async () => {
    await addPhoto(draft, 'licence', '营业执照')
    await sync()
    server.lose('confirmed', 'answer')
    await expect(releaseConfirmed()).rejects.toBeInstanceOf(Unreachable)
    mine.wire.session = null
    await expect(releaseConfirmed()).rejects.toBeInstanceOf(Refused)
    expect(await stored()).toHaveLength(1)
  })

  it('is not for guests: nothing of theirs is anywhere else', async () => {
    newPhone(server)
    draft = await beginDraft()
    await addPhoto(draft, 'licence', '营业执照')
    await expect(releaseConfirmed()).rejects.toThrow('请先登录')
    expect(await stored()).toHaveLength(1)
  })
})

describe('clearing earlier versions', () => {
  it('takes away what no draft shows, and leaves today’s photos and their delivery', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    const turned = await turn(photo.row, '转过的')
    expect((await readStorageUse()).clearable).toEqual({ count: 1, bytes: photo.bytes })
    expect(await clearEarlier()).toMatchObject({ files: 1, bytes: photo.bytes })
    expect(await stored()).toEqual([turned.sha256])
    await sync()
    expect((await view(draft)).delivery).toMatchObject({ unconfirmed: 0, refusedFiles: 0 })
  })

  it('leaves a photo alone that was just stored and is not part of a draft yet', async () => {
    const file = await keepFile('刚拍的')
    expect(await clearEarlier()).toMatchObject({ files: 0 })
    expect(await stored()).toEqual([file.sha256])
  })

  it('says on the card why a cleared photo can’t be sent, should it be called back', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    const undo = await removeRow(draft, 'licence', photo.row)
    await sync()
    expect(await clearEarlier()).toMatchObject({ files: 1 })
    await undo()
    await drain()
    expect((await view(draft)).delivery.refusedFiles).toBe(1)
  })

  it('of one draft leaves alone what another shows', async () => {
    const photo = await addPhoto(draft, 'licence', '营业执照')
    await copyDraft(draft)
    await removeRow(draft, 'licence', photo.row)
    await edit(draft, 'employer', '无锡精密')
    await sync()
    expect(await clearEarlier()).toMatchObject({ files: 0 })
    expect(await stored()).toEqual([photo.sha256])
  })
})
