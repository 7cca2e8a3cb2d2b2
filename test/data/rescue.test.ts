import { beforeEach, describe, expect, it, vi } from 'vitest'
import { removeRow } from '../../src/data/rows'
import { chooseConflict, readConflicts } from '../../src/data/conflicts'
import { phone } from '../../src/data/phone'
import { readDraft, readDrafts } from '../../src/data/read'
import { importPackage, targetOf } from '../../src/data/rescue/import'
import { exportDraft, packDraft } from '../../src/data/rescue/pack'
import { openPackage } from '../../src/data/rescue/unpack'
import { deleteDraft } from '../../src/data/drafts'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, newPhone, outbox, phoneOf, signIn, sync, take, view, zhou, type Phone } from './phones'

// The real number of rounds takes a second each; see rescueFile.test.ts for it.
vi.mock('../../src/data/rescue/format', async (original) => ({ ...(await original<object>()), ROUNDS: 500 }))

const password = '老陈的工具箱2021'
let server: FakeServer
let mine: Phone
beforeEach(() => {
  server = new FakeServer()
  mine = newPhone(server)
})
const pack = (draft: string) => exportDraft(draft, password)
const bring = async (file: File, copy = false) => importPackage(await openPackage(file, password), { copy })

/** Every table but the file's own, as text: two of them are equal when nothing has changed. */
async function everything(): Promise<string> {
  const tables = phone().db.tables.filter(({ name }) => !['thumbnails'].includes(name))
  return JSON.stringify(await Promise.all(tables.map(async (table) => [table.name, await table.toArray()])))
}

async function filledDraft(): Promise<{ draft: string; sha256: string; row: string }> {
  const draft = await beginDraft()
  await edit(draft, 'name', '陈志远')
  await edit(draft, 'employer', '无锡机床股份有限公司')
  const { sha256, row } = await addPhoto(draft, 'licence', '营业执照')
  return { draft, sha256, row }
}

describe('a rescue package', () => {
  it('brings a guest’s draft to another phone: answers, photos and all, without a network', async () => {
    const { draft, sha256 } = await filledDraft()
    const before = await view(draft)
    const file = await pack(draft)
    expect(file.name).toMatch(/^匠申救援包-企业首席技师-\d{4}-\d\d-\d\d\.jsbak$/)
    server.lose('file', 'request', 99)
    newPhone(server)
    expect(await bring(file)).toBe(draft)
    expect((await view(draft)).answers).toEqual(before.answers)
    const kept = await phone().db.files.get(sha256)
    expect(new TextDecoder().decode(kept?.payload.buf)).toBe('营业执照')
  })

  it('imported, is sent and confirmed like anything that was typed here', async () => {
    const { draft, sha256 } = await filledDraft()
    const file = await pack(draft)
    const other = newPhone(server)
    await bring(file)
    await signIn(other, chen)
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡机床股份有限公司')
    expect(server.drafts.get(draft)?.files.has(sha256)).toBe(true)
    expect((await view(draft)).delivery).toMatchObject({ waiting: 0, unconfirmed: 0, conflicts: 0 })
  })

  it('made between sending and fetching, when its versions are ahead of the draft’s cursor, opens all the same', async () => {
    await signIn(mine, chen)
    const draft = await beginDraft()
    await sync()
    await edit(draft, 'name', '陈志远')
    server.lose('pull', 'request', 99)
    await expect(sync()).rejects.toThrow('没有连上服务器')
    const [row] = await phone().db.registers.where({ draft, path: 'name' }).toArray()
    expect(row?.version).toBeGreaterThan((await phone().db.drafts.get(draft))?.revision ?? 0)
    const file = await pack(draft)
    newPhone(server)
    await bring(file, true)
    const [copy] = await readDrafts()
    expect((await view(copy?.id ?? '')).answers.name).toBe('陈志远')
  })

  it('imported twice changes nothing, also after the draft went on and was sent', async () => {
    const { draft } = await filledDraft()
    const file = await pack(draft)
    const other = newPhone(server)
    await bring(file)
    const once = await everything()
    await bring(file)
    expect(await everything()).toBe(once)
    await signIn(other, chen)
    await sync()
    await edit(draft, 'employer', '无锡压缩机厂')
    await sync()
    const later = await everything()
    await bring(file)
    expect(await everything()).toBe(later)
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡压缩机厂')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('takes nothing from newer edits that have not been sent', async () => {
    const { draft } = await filledDraft()
    const file = await pack(draft)
    await edit(draft, 'employer', '后来写的单位')
    await bring(file)
    expect((await view(draft)).answers.employer).toBe('后来写的单位')
  })

  it('replaces older edits that have not been sent, and keeps them as earlier values', async () => {
    const { draft } = await filledDraft()
    const first = await pack(draft)
    await edit(draft, 'employer', '后来写的单位')
    const second = await pack(draft)
    newPhone(server)
    await bring(first)
    await bring(second)
    expect((await view(draft)).answers.employer).toBe('后来写的单位')
    const versions = await phone().db.versions.where('draft').equals(draft).toArray()
    expect(versions.map(({ payload }) => payload.value)).toContain('无锡机床股份有限公司')
    expect((await phone().db.checkpoints.toArray()).some(({ why }) => why === 'import')).toBe(true)
  })

  it('leaves the choice to a person where the server has something newer', async () => {
    const { draft } = await filledDraft()
    await signIn(mine, chen)
    await sync()
    // Offline on this phone from here on; the phone breaks, only its package is left.
    await edit(draft, 'employer', '没有发出去的单位')
    const file = await pack(draft)
    const other = await phoneOf(server)
    await sync()
    await edit(draft, 'employer', '另一台手机写的单位')
    await sync()
    await bring(file)
    await sync(other)
    expect(server.value(draft, 'employer')).toBe('另一台手机写的单位')
    const [conflict] = await readConflicts(draft, 'technician')
    expect(conflict).toMatchObject({ path: 'employer', mine: '没有发出去的单位', theirs: '另一台手机写的单位' })
    if (conflict) await chooseConflict(draft, conflict, 'mine')
    await sync()
    expect(server.value(draft, 'employer')).toBe('没有发出去的单位')
    await bring(file)
    await sync()
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('sends an edit on the version that its author saw: nobody’s newer value is overwritten unseen', async () => {
    const { draft } = await filledDraft()
    await signIn(mine, chen)
    await sync()
    await edit(draft, 'employer', '没有发出去的单位')
    const file = await pack(draft)
    const fresh = await phoneOf(server)
    await bring(file)
    expect((await outbox()).map(({ path, base }) => ({ path, base }))).toEqual([
      { path: 'employer', base: server.drafts.get(draft)?.registers.get('employer')?.version },
    ])
    await sync(fresh)
    expect(server.value(draft, 'employer')).toBe('没有发出去的单位')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('from a phone that lay in a drawer doesn’t turn back what the server has since', async () => {
    const { draft } = await filledDraft()
    await signIn(mine, chen)
    await sync()
    const file = await pack(draft)
    await edit(draft, 'employer', '后来写的单位')
    await sync()
    const other = await phoneOf(server)
    await bring(file)
    await sync(other)
    expect(server.value(draft, 'employer')).toBe('后来写的单位')
    expect((await view(draft)).answers.employer).toBe('后来写的单位')
    expect((await view(draft)).delivery).toMatchObject({ waiting: 0, conflicts: 0, unconfirmed: 0 })
  })

  it('fault 35: from another life of the server has versions that mean nothing: its values meet what stands there now', async () => {
    const { draft } = await filledDraft()
    server.epoch = 'before the backup'
    await signIn(mine, chen)
    await sync()
    await edit(draft, 'name', '陈志远（改）')
    await sync()
    const file = await pack(draft)
    server.epoch = 'after it'
    const fresh = await phoneOf(server)
    await sync()
    await edit(draft, 'name', '后来写的')
    await sync()
    await bring(file)
    await sync(fresh)
    expect(server.value(draft, 'name')).toBe('后来写的')
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ path: 'name', mine: '陈志远（改）' }])
  })

  it('doesn’t bring back a row that was deleted here', async () => {
    const { draft, row } = await filledDraft()
    const file = await pack(draft)
    await removeRow(draft, 'licence', row)
    await bring(file)
    expect((await view(draft)).answers.licence).toBeUndefined()
  })

  it('takes a draft back out of the bin: whoever opens it wants it', async () => {
    const { draft } = await filledDraft()
    const file = await pack(draft)
    await deleteDraft(draft)
    const opened = await openPackage(file, password)
    expect(await targetOf(opened.content)).toEqual({ meets: 'bin', foreign: false })
    await importPackage(opened)
    expect((await view(draft)).deleted).toBe(false)
  })
})

describe('a package of another account', () => {
  it('comes in only as a copy, once, without the first one’s consent, and both accounts keep their own', async () => {
    const { draft, sha256 } = await filledDraft()
    await edit(draft, '$consent', { version: '1', at: '2021-04-20T01:00:00Z' })
    await signIn(mine, chen)
    await sync()
    const file = await pack(draft)
    const zhous = await phoneOf(server, zhou)
    const opened = await openPackage(file, password)
    expect(await targetOf(opened.content)).toEqual({ meets: 'new', foreign: true })
    await expect(importPackage(opened)).rejects.toMatchObject({ kind: 'other-account' })
    expect(await readDrafts()).toEqual([])
    const copy = await importPackage(opened, { copy: true })
    expect(copy).not.toBe(draft)
    expect((await view(copy)).consent).toBeNull()
    const once = await everything()
    expect(await bring(file, true)).toBe(copy)
    expect(await everything()).toBe(once)
    await sync(zhous)
    expect(server.drafts.get(copy)?.owner).toBe(zhou.id)
    expect(server.drafts.get(copy)?.files.has(sha256)).toBe(true)
    expect(server.value(draft, 'employer')).toBe('无锡机床股份有限公司')
    expect(server.drafts.get(draft)?.owner).toBe(chen.id)
  })

  it('keeps a value that waited for a choice as an earlier value of the copy', async () => {
    const { draft } = await filledDraft()
    await signIn(mine, chen)
    await sync()
    const other = await phoneOf(server)
    await sync()
    await edit(draft, 'employer', '甲')
    await sync()
    take(mine)
    await edit(draft, 'employer', '乙')
    await sync()
    const file = await pack(draft)
    expect((await view(draft)).delivery.conflicts).toBe(1)
    take(other)
    await phoneOf(server, zhou)
    const copy = await bring(file, true)
    const versions = await phone().db.versions.where('draft').equals(copy).toArray()
    expect(versions.map(({ payload }) => payload.value)).toContain('乙')
  })
})

describe('what can’t be packed', () => {
  it('is counted: pictures that only the server has, without a network', async () => {
    const { draft, sha256 } = await filledDraft()
    await signIn(mine, chen)
    await sync()
    await phoneOf(server)
    await sync()
    server.lose('file', 'request')
    expect((await packDraft(draft, password)).missing).toBe(1)
    expect((await packDraft(draft, password)).missing).toBe(0)
    expect(await phone().db.files.get(sha256)).toBeDefined()
  })

  it('is left out where the phone’s disk has spoilt it: the rest is rescued', async () => {
    const { draft, sha256 } = await filledDraft()
    await phone().db.files.update(sha256, { payload: { buf: new ArrayBuffer(3) } })
    const { file, missing } = await packDraft(draft, password)
    expect(missing).toBe(1)
    newPhone(server)
    await bring(file)
    expect((await readDraft(draft))?.answers.name).toBe('陈志远')
  })

  it('asks for a password of eight characters', async () => {
    const { draft } = await filledDraft()
    await expect(exportDraft(draft, '1234567')).rejects.toMatchObject({ kind: 'weak-password' })
  })
})
