import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PhoneDatabase } from '../../src/data/database'
import { registerFlush } from '../../src/data/flush'
import { newDatabaseName, phone, useDatabase } from '../../src/data/phone'
import { blockedDatabases, overtakenDatabases } from '../../src/data/upgrade'
import { write } from '../../src/data/write'
import { newerApp } from './newerApp'
import { beginDraft, edit, view } from './phones'

/** A window of version 1 that doesn't make way by itself. */
const olderWindow = (name: string) =>
  new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, 10)
    request.addEventListener('success', () => resolve(request.result))
  })

let leave = () => undefined as void
let draft: string
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  overtakenDatabases.clear()
  blockedDatabases.clear()
  draft = await beginDraft()
})
afterEach(() => {
  leave()
  vi.restoreAllMocks()
})

describe('fault 11: two windows of two versions', () => {
  it('the older one writes its words down first, then makes way and says that it is old', async () => {
    const { name } = phone().db
    leave = registerFlush(() => write(draft, [{ path: 'name', value: '周建国' }])) as () => undefined
    const newer = newerApp(name)
    await newer.open()
    expect([...overtakenDatabases]).toEqual([name])
    expect(await newer.table('registers').get([draft, 'name'])).toMatchObject({ payload: { value: '周建国' } })
    newer.close()
  })

  it('the older one still shows everything afterwards, and changes nothing', async () => {
    await edit(draft, 'name', '周建国')
    const newer = newerApp(phone().db.name)
    await newer.open()
    expect(await view(draft)).toMatchObject({ answers: { name: '周建国' }, readOnly: expect.stringContaining('请更新') as string })
    await expect(edit(draft, 'name', '周')).rejects.toThrow('更新的版本')
    newer.close()
  })

  it('the older one keeps its connection while words cannot be written, and makes way once they are', async () => {
    const { name } = phone().db
    let full = true
    let refusals = 0
    leave = registerFlush(async () => {
      if (full) throw new DOMException(`full ${++refusals}`, 'QuotaExceededError')
      await write(draft, [{ path: 'name', value: '周建国' }])
    }) as () => undefined
    let opened = false
    const newer = newerApp(name)
    const opening = Promise.resolve(newer.open()).then(() => (opened = true))
    await expect.poll(() => refusals, { timeout: 8000 }).toBe(2)
    expect([opened, overtakenDatabases.size, phone().db.isOpen()]).toEqual([false, 0, true])
    full = false
    await opening
    expect(await newer.table('registers').get([draft, 'name'])).toMatchObject({ payload: { value: '周建国' } })
    expect([...overtakenDatabases]).toEqual([name])
    newer.close()
  })

  it('the newer one says that it waits for the older one, and no longer once it is there', async () => {
    const name = newDatabaseName()
    const old = await olderWindow(name)
    const db = new PhoneDatabase(name)
    const opening = Promise.resolve(db.open())
    await expect.poll(() => [...blockedDatabases]).toEqual([name])
    old.close()
    await opening
    expect([...blockedDatabases]).toEqual([])
    db.close()
  })

  it('nothing typed in the newer one while it waits is lost', async () => {
    const name = newDatabaseName()
    const old = await olderWindow(name)
    useDatabase(name)
    const typed = beginDraft()
    await expect.poll(() => [...blockedDatabases]).toEqual([name])
    old.close()
    expect(await view(await typed)).toMatchObject({ award: 'technician' })
  })
})

it('a database that somebody deletes is let go at once', async () => {
  const { name } = phone().db
  await phone().db.open()
  await Dexie.delete(name)
  expect(overtakenDatabases.size).toBe(0)
})
