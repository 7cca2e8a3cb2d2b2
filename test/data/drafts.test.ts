import { beforeEach, describe, expect, it } from 'vitest'
import { consent, copyDraft, createDraft, deleteDraft, renameDraft, restoreDraft } from '../../src/data/drafts'
import { phone } from '../../src/data/phone'
import { readDrafts } from '../../src/data/read'
import { addRow, removeRow } from '../../src/data/rows'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, newPhone, phoneOf, sync, take, view } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
  newPhone(server)
})

describe('drafts', () => {
  it('stand side by side, the one changed last first', async () => {
    const studio = await createDraft('studio', '2021')
    const technician = await createDraft('technician', '2021')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await edit(studio, 'leaderName', '周敏')
    expect((await readDrafts()).map(({ id, award }) => [id, award])).toEqual([
      [studio, 'studio'],
      [technician, 'technician'],
    ])
  })

  it('go to the bin and come back with everything', async () => {
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    await deleteDraft(draft)
    expect((await view(draft)).deleted).toBe(true)
    await restoreDraft(draft)
    expect(await view(draft)).toMatchObject({ deleted: false, answers: { employer: '无锡精密' } })
  })

  it('that were never begun here are not shown', async () => {
    await phone().db.drafts.add({ id: 'x', revision: 3, changedAt: 1, payload: {} })
    expect(await readDrafts()).toEqual([])
  })
})

describe('a copy', () => {
  it('has the same answers and photos, another name, and no consent', async () => {
    const draft = await beginDraft()
    await renameDraft(draft, '今年的')
    await edit(draft, 'employer', '无锡精密')
    await consent(draft, '2021-1')
    const file = await addPhoto(draft, 'licence', '营业执照')
    await addPhoto(draft, 'sealedAnnex', '盖章页')
    const copy = await view(await copyDraft(draft))
    expect(copy).toMatchObject({ title: '今年的（副本）', consent: null, answers: { employer: '无锡精密' } })
    expect(copy.answers.licence).toMatchObject([{ file: { sha256: file.sha256 } }])
    expect(copy.answers.sealedAnnex).toBeUndefined()
    expect(copy.delivery.unconfirmed).toBe(1)
  })

  it('has nothing of rows that were deleted', async () => {
    const draft = await beginDraft()
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await removeRow(draft, 'experience', row)
    const copy = await copyDraft(draft)
    expect(await phone().db.registers.where('draft').equals(copy).count()).toBe(2)
  })

  it('of a draft from another phone fetches the photos that it has to send', async () => {
    const one = await phoneOf(server)
    const draft = await beginDraft()
    const file = await addPhoto(draft, 'licence', '营业执照')
    await sync(one)
    const two = await phoneOf(server)
    await sync(two)
    take(two)
    const copy = await copyDraft(draft)
    await sync(two)
    expect(server.drafts.get(copy)?.files.has(file.sha256)).toBe(true)
    expect((await view(copy)).delivery.unconfirmed).toBe(0)
  })
})
