import { beforeEach, describe, expect, it, vi } from 'vitest'
import { isShut, Locked } from '../../src/data/door'
import { drain } from '../../src/data/drain'
import { bytesOf } from '../../src/data/materials'
import { phone } from '../../src/data/phone'
import { changePin, finishMoving, removePin, renewPin, setPin, unlock } from '../../src/data/pin/pin'
import { readDrafts } from '../../src/data/read'
import { exportDraft } from '../../src/data/rescue/pack'
import { receiptsOf } from '../../src/data/submit'
import { FakeServer } from '../support/fakeWire'
import { PIN, SECRETS, filledPhone, lockedPhone, readable, reload, type Filled } from './pins'
import { beginDraft, edit, newPhone, sync, view } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})
const opened = () => vi.waitFor(async () => expect((await phone().db.pin.get('pin'))?.moving).toBeUndefined())

describe('a phone with a PIN', () => {
  it('shows everything after the right PIN, and sends what waited', async () => {
    const { draft } = await lockedPhone(server)
    expect(await unlock(PIN)).toBeNull()
    expect(await view(draft)).toMatchObject({
      title: '我的申报',
      answers: { name: '陆启明', idNumber: '320211199001011237', licence: [{ caption: '车间全景' }] },
      delivery: { refused: [{ path: 'employer' }], conflicts: 1 },
    })
    const [file] = await phone().db.files.toArray()
    expect(new TextDecoder().decode(await bytesOf(draft, { ...file, width: 1, height: 1 } as never))).toBe('照片里的字')
    expect(await receiptsOf(draft)).toMatchObject([{ number: 'WX-1' }])
    await edit(draft, 'phone', '13900000001')
    await sync()
    expect(server.value(draft, 'phone')).toBe('13900000001')
    expect(await readable([...SECRETS, '13900000001'])).toEqual([])
  })

  it('reads, writes, sends and packs nothing while it is locked', async () => {
    const { draft } = await lockedPhone(server)
    const before = server.requests.length
    await expect(readDrafts()).rejects.toThrow(Locked)
    await expect(edit(draft, 'name', '别人')).rejects.toThrow(Locked)
    await expect(beginDraft()).rejects.toThrow(Locked)
    await expect(exportDraft(draft, '一个很长很长的密码')).rejects.toThrow(Locked)
    expect(await drain()).toBe(false)
    expect(server.requests.length).toBe(before)
  })

  it('is locked also where the browser has forgotten that it is', async () => {
    await lockedPhone(server)
    localStorage.clear()
    const { name } = phone().db
    vi.resetModules()
    const again = await import('../../src/data/read')
    const door = await import('../../src/data/door')
    const { useDatabase } = await import('../../src/data/phone')
    useDatabase(name)
    expect(door.isShut(name)).toBe(false)
    await expect(again.readDrafts()).rejects.toThrow('已锁定')
    expect(door.isShut(name)).toBe(true)
  })

  it('gives its key once more to a server that was restored from a backup without it', async () => {
    const { escrow } = await lockedPhone(server)
    const [id = ''] = escrow.keys.keys()
    escrow.keys.clear()
    server.epoch = 'second'
    expect(await unlock(PIN)).toBeNull()
    await sync()
    expect(escrow.keys.size).toBe(0)
    reload()
    escrow.online = false
    expect(await unlock(PIN)).toBeNull()
    reload()
    escrow.online = true
    expect(await unlock(PIN)).toBeNull()
    await vi.waitFor(() => expect([...escrow.keys.keys()]).toEqual([id]))
    reload()
    escrow.fresh = true
    await renewPin('314159')
  })

  it('takes another PIN, and the old one no longer', async () => {
    const { draft } = await lockedPhone(server)
    await unlock(PIN)
    expect(await changePin('000001', '314159')).toMatchObject({ may: 'try' })
    expect(await changePin(PIN, '314159')).toBeNull()
    reload()
    expect(await unlock(PIN)).toMatchObject({ may: 'try', row: { tries: 1 } })
    expect(await unlock('３１４ １５９')).toBeNull()
    expect((await view(draft)).title).toBe('我的申报')
  })

  it('has everything in clear again when the PIN is taken away, and its key is gone from the server', async () => {
    const { draft, escrow } = await lockedPhone(server)
    await unlock(PIN)
    await opened()
    expect(await removePin(PIN)).toBeNull()
    expect(await phone().db.pin.count()).toBe(0)
    expect(isShut(phone().db.name)).toBe(false)
    reload()
    const { lookAgain } = await import('../../src/data/pin/lock')
    expect(await lookAgain()).toBe(false)
    expect((await view(draft)).answers.name).toBe('陆启明')
    expect(escrow.keys.size).toBe(0)
    expect(await readable(['陆启明'])).not.toEqual([])
  })

  it('loses nothing that another tab sealed in the moment in which the PIN went', async () => {
    const { draft } = await lockedPhone(server)
    await unlock(PIN)
    await opened()
    const sealed = await phone().codec.seal({ value: '另一页写的', by: '', at: '2021-04-20T08:00:00Z' })
    await removePin(PIN)
    await phone().db.registers.put({ draft, path: 'phone', version: 0, payload: sealed })
    expect((await view(draft)).answers.phone).toBe('另一页写的')
    await setPin('314159', 5)
    reload()
    await unlock('314159')
    expect((await view(draft)).answers.phone).toBe('另一页写的')
    expect((await phone().db.owner.get('owner'))?.left).toBeUndefined()
  })
})

describe('setting a PIN', () => {
  it('is not for guests', async () => {
    await filledPhone(server)
    newPhone(server)
    await beginDraft()
    await expect(setPin(PIN, 5)).rejects.toThrow('请先登录')
    expect(await phone().db.pin.count()).toBe(0)
  })

  it.each([
    ['without a network', '没有连上服务器', (filled: Filled) => (filled.escrow.online = false)],
    ['under another session', '请重新登录', (filled: Filled) => (filled.mine.wire.session = null)],
  ])('fails cleanly %s: no PIN without a key at the server', async (_, words, fault) => {
    const filled = await filledPhone(server)
    fault(filled)
    await expect(setPin(PIN, 5)).rejects.toThrow(words)
    expect(await phone().db.pin.count()).toBe(0)
    expect((await view(filled.draft)).title).toBe('我的申报')
    await edit(filled.draft, 'name', '还能写')
  })

  it('fails cleanly where the PIN itself can’t be stored', async () => {
    const { draft } = await filledPhone(server)
    vi.spyOn(phone().db.pin, 'add').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'))
    await expect(setPin(PIN, 5)).rejects.toThrow('full')
    await edit(draft, 'name', '还能写')
    expect((await phone().db.registers.get([draft, 'name']))?.payload.value).toBe('还能写')
  })
})

describe('fault 52: a forgotten PIN', () => {
  it('after signing in again the key comes back, under a new PIN, and nothing is lost', async () => {
    const { draft, escrow } = await lockedPhone(server)
    await expect(renewPin('314159')).rejects.toMatchObject({ status: 403 })
    escrow.fresh = true
    await renewPin('314159')
    expect((await view(draft)).answers.name).toBe('陆启明')
    reload()
    expect(await unlock(PIN)).not.toBeNull()
    expect(await unlock('314159')).toBeNull()
    await sync()
    expect(server.value(draft, '$title')).toBe('我的申报')
  })

  it('another key than the one that opens this phone changes nothing', async () => {
    const { escrow } = await lockedPhone(server)
    escrow.fresh = true
    for (const id of escrow.keys.keys()) escrow.keys.set(id, new Uint8Array(32))
    await expect(renewPin('314159')).rejects.toMatchObject({ name: 'OperationError' })
    expect(await unlock(PIN)).toBeNull()
  })
})

it('typing while it is being sealed is kept, and is sealed as well', async () => {
  const { draft } = await filledPhone(server)
  const setting = setPin(PIN, 5)
  for (let i = 0; i < 20; i++) await edit(draft, 'phone', `1390000${i}`)
  await setting
  await edit(draft, 'name', '陆启明二')
  reload()
  await unlock(PIN)
  await finishMoving()
  expect((await view(draft)).answers).toMatchObject({ phone: '139000019', name: '陆启明二' })
  expect(await readable([...SECRETS, '139000019'])).toEqual([])
})

describe('a full disk in the middle', () => {
  it('of sealing leaves everything readable and the PIN set; it goes on once there is room', async () => {
    const { draft } = await filledPhone(server)
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'files') throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    })
    await expect(setPin(PIN, 5)).rejects.toThrow('full')
    expect((await phone().db.pin.get('pin'))?.moving).toBe('in')
    expect((await view(draft)).answers).toMatchObject({ name: '陆启明', licence: [{ caption: '车间全景' }] })
    await edit(draft, 'phone', '13900000001')
    full.mockRestore()
    await finishMoving()
    expect(await readable([...SECRETS, '13900000001'])).toEqual([])
    reload()
    await unlock(PIN)
    expect((await view(draft)).answers.phone).toBe('13900000001')
    const [file] = await phone().db.files.toArray()
    expect(new TextDecoder().decode(await bytesOf(draft, { ...file, width: 1, height: 1 } as never))).toBe('照片里的字')
  })

  it('of taking the PIN away leaves it asked for, and everything readable', async () => {
    const { draft } = await lockedPhone(server)
    await unlock(PIN)
    await opened()
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'registers') throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    })
    await expect(removePin(PIN)).rejects.toThrow('full')
    full.mockRestore()
    reload()
    await expect(readDrafts()).rejects.toThrow(Locked)
    expect(await unlock(PIN)).toBeNull()
    await vi.waitFor(async () => expect(await phone().db.pin.count()).toBe(0))
    expect((await view(draft)).answers.name).toBe('陆启明')
    expect(isShut(phone().db.name)).toBe(false)
  })
})
const { put } = IDBObjectStore.prototype
