import { beforeEach, describe, expect, it } from 'vitest'
import { consent } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { discardRefused, readRefused, retryRefused } from '../../src/data/refused'
import { addRow, removeRow } from '../../src/data/rows'
import { retryUpload } from '../../src/data/upload'
import { FakeServer, refused } from '../support/fakeWire'
import { addPhoto, beginDraft, edit, outbox, phoneOf, sync, view, type Phone } from './phones'

let server: FakeServer
let one: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  one = await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
  await sync()
})
const answer = async (name = 'employer') => (await view(draft)).answers[name]
const found = async () => {
  const content = await readRefused(draft)
  if (!content) throw new Error('this phone does not have the draft')
  return content
}
/** The server refuses this answer once it is changed here. */
async function refuse(path: string, value: string): Promise<void> {
  server.rejectPath = (one) => one === path
  await edit(draft, path, value)
  await sync()
}

describe('an answer that the server refused', () => {
  it('stays on the phone with its reason, its place and what the server holds, and the rest goes on', async () => {
    await refuse('employer', '甲厂')
    await edit(draft, 'name', '陈志远')
    await sync()
    expect(await answer()).toBe('甲厂')
    expect(await found()).toMatchObject({
      wholeDraft: false,
      answers: [{ path: 'employer', label: '工作单位', step: 'unit', reason: 'forbidden', value: '甲厂', stands: { value: '无锡精密' } }],
    })
    expect(server.value(draft, 'name')).toBe('陈志远')
    expect((await view(draft)).delivery).toMatchObject({ waiting: 0, refused: [{ path: 'employer' }] })
  })

  it('is mended by an edit, which takes its place', async () => {
    await refuse('employer', '甲厂')
    server.rejectPath = () => false
    await edit(draft, 'employer', '乙厂')
    await sync()
    expect(server.value(draft, 'employer')).toBe('乙厂')
    expect((await found()).answers).toEqual([])
  })

  it('is mended by what was typed while it was on its way', async () => {
    server.rejectPath = () => true
    server.meanwhile.push = () => {
      server.rejectPath = () => false
      return edit(draft, 'employer', '乙厂')
    }
    await edit(draft, 'employer', '甲厂')
    await sync()
    await sync()
    expect(server.value(draft, 'employer')).toBe('乙厂')
    expect(await outbox()).toEqual([])
  })

  it('is sent once more as it is, because its user asked for it', async () => {
    await refuse('employer', '甲厂')
    server.rejectPath = () => false
    await retryRefused(draft, 'employer')
    await sync()
    expect(server.value(draft, 'employer')).toBe('甲厂')
    expect(await outbox()).toEqual([])
  })

  it('is given up without a network: what the server holds stands again, and the other stays among the earlier values', async () => {
    await refuse('employer', '甲厂')
    await discardRefused(draft, 'employer')
    expect(await answer()).toBe('无锡精密')
    expect(await outbox()).toEqual([])
    expect((await phone().db.versions.toArray()).map(({ payload }) => payload.value)).toContain('甲厂')
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡精密')
  })

  it('is given up for what another phone wrote meanwhile', async () => {
    await refuse('employer', '甲厂')
    server.rejectPath = () => false
    await phoneOf(server)
    await sync()
    await edit(draft, 'employer', '丙厂')
    await sync()
    await sync(one)
    expect(await answer()).toBe('甲厂')
    await discardRefused(draft, 'employer')
    expect(await answer()).toBe('丙厂')
    await edit(draft, 'employer', '丁厂')
    await sync()
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('that the server never had is gone once it is given up', async () => {
    await refuse('name', '陈志远')
    expect((await found()).answers).toMatchObject([{ stands: null }])
    await discardRefused(draft, 'name')
    expect(await answer('name')).toBeUndefined()
    expect(await phone().db.registers.get([draft, 'name'])).toBeUndefined()
  })

  it('is given up in one transaction', async () => {
    await refuse('employer', '甲厂')
    const { db } = phone()
    const die = () => {
      throw new Error('killed')
    }
    db.registers.hook('updating', die)
    await expect(discardRefused(draft, 'employer')).rejects.toThrow('killed')
    db.registers.hook('updating').unsubscribe(die)
    expect(await answer()).toBe('甲厂')
    expect((await found()).answers).toHaveLength(1)
  })

  it('with a whole batch is given up for what the server is asked for once more', async () => {
    const broken = refused(400, 'bad-request')
    server.refusePush = ({ operations }) => (operations.some(({ value }) => value === '甲厂') ? broken : null)
    await edit(draft, 'employer', '甲厂')
    await sync()
    expect((await found()).answers).toMatchObject([{ reason: 'bad-value', stands: undefined }])
    await discardRefused(draft, 'employer')
    await sync()
    expect(await answer()).toBe('无锡精密')
  })

  it('a deletion is given up: the row is back, with the edits that waited in it', async () => {
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await sync()
    server.rejectPath = (path) => path === `experience/${row}`
    await removeRow(draft, 'experience', row)
    await sync()
    expect((await found()).answers).toMatchObject([{ label: '主要经历 已删除的一行', value: null }])
    await discardRefused(draft, `experience/${row}`)
    expect(await answer('experience')).toMatchObject([{ where: '第一家' }])
  })
})

describe('a whole draft that the server refuses', () => {
  it('says so, and its beginning can’t be given up', async () => {
    const other = await beginDraft()
    await edit(other, 'employer', '甲厂')
    server.rejectPath = (path) => path === '$draft'
    await sync()
    expect(await readRefused(other)).toMatchObject({ wholeDraft: true })
    await discardRefused(other, '$draft')
    expect((await view(other)).answers.employer).toBe('甲厂')
  })
})

describe('a file that the server refused', () => {
  it('is named with its slot and the server’s reason, and goes when its user tries again', async () => {
    const { row, sha256 } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(415, 'unsupported', '这不是照片')
    await drain()
    expect(await found()).toMatchObject({
      answers: [],
      files: [{ slot: 'licence', material: row, label: '组织机构代码证 第 1 张', reason: '这不是照片' }],
    })
    server.failUpload = () => null
    await retryUpload(draft, sha256)
    expect((await found()).files).toEqual([])
    await sync()
    expect((await view(draft)).delivery.unconfirmed).toBe(0)
  })

  it('is no longer asked about once its photo was removed', async () => {
    const { row } = await addPhoto(draft, 'licence', '营业执照')
    server.failUpload = () => refused(415, 'unsupported', '这不是照片')
    await drain()
    await removeRow(draft, 'licence', row)
    expect((await found()).files).toEqual([])
  })
})

it('what waits for the consent is not refused', async () => {
  await edit(draft, 'idNumber', '320214198506159714')
  await sync()
  expect((await found()).answers).toEqual([])
  expect((await view(draft)).delivery.held).toBe(1)
  await consent(draft, '2021-1')
  await sync()
  expect((await view(draft)).delivery).toMatchObject({ held: 0, waiting: 0 })
})
