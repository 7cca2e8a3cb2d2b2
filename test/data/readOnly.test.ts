import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { becomeAccount, becomeGuest } from '../../src/data/adopt'
import { createDraft } from '../../src/data/drafts'
import { DATABASE_VERSION } from '../../src/data/database'
import { drain } from '../../src/data/drain'
import { sentenceOf } from '../../src/data/failure'
import { newDatabaseName, phone, useDatabase } from '../../src/data/phone'
import { newerDatabases, SavedByNewer } from '../../src/data/readOnly'
import { readDrafts } from '../../src/data/read'
import { databaseOf } from '../../src/data/registry'
import { exportDraft } from '../../src/data/rescue/pack'
import { openPackage } from '../../src/data/rescue/unpack'
import { useWire } from '../../src/data/wire'
import { FakeServer } from '../support/fakeWire'
import { rowsOf } from './earlierShapes'
import { newerApp } from './newerApp'
import { beginDraft, chen, edit, newPhone, outbox, phoneOf, view } from './phones'

let server: FakeServer
let name: string
let draft: string

/** A newer version of the app was here: one table more, and it has used this phone's database. */
async function newerAppWasHere(version = DATABASE_VERSION + 1): Promise<void> {
  name = phone().db.name
  useDatabase(newDatabaseName())
  const newer = newerApp(name, version)
  await newer.open()
  await newer.table('voices').put({ id: 'v1', words: '口述' })
  newer.close()
}

beforeEach(async () => {
  server = new FakeServer()
  await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'name', '周建国')
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => vi.restoreAllMocks())

describe('fault 10: a database that a newer version of the app has used', () => {
  beforeEach(async () => {
    await newerAppWasHere()
    useDatabase(name)
    useWire(server.browser(chen))
  })

  it('shows its drafts, and says that they can only be looked at', async () => {
    expect(await view(draft)).toMatchObject({ answers: { name: '周建国' }, readOnly: expect.stringContaining('请更新') as string })
    expect((await readDrafts()).map(({ id }) => id)).toEqual([draft])
    expect([...newerDatabases]).toEqual([name])
  })

  it('takes no edit and no new draft: the reason is a sentence', async () => {
    const before = await rowsOf(name, 'registers')
    const refused = await edit(draft, 'name', '周').catch((reason: unknown) => reason)
    expect(refused).toBeInstanceOf(SavedByNewer)
    expect(sentenceOf(refused)).toContain('这台手机上的草稿由更新的版本保存过')
    await expect(createDraft('studio', '2021')).rejects.toBeInstanceOf(SavedByNewer)
    expect(await rowsOf(name, 'registers')).toEqual(before)
    expect(await rowsOf(name, 'voices')).toEqual([{ id: 'v1', words: '口述' }])
  })

  it('sends nothing and stores nothing that comes; what waits goes on waiting', async () => {
    const waiting = await outbox()
    expect(await drain()).toBe(false)
    expect(server.effects).toEqual([])
    expect(await outbox()).toEqual(waiting)
  })

  it('takes no other account in its place, and nothing moves out of it', async () => {
    await expect(becomeAccount({ id: 'account-zhou', name: '周敏', phone: '139****0002' }, true)).resolves.toBeUndefined()
    expect(await databaseOf(chen.id)).toBe(name)
    expect(await rowsOf(name, 'registers')).toHaveLength(2)
    await becomeGuest()
    expect(phone().db.name).not.toBe(name)
    await beginDraft()
    expect(await outbox()).toHaveLength(1)
  })

  it('lets its drafts be taken out as a file, which an up-to-date app reads', async () => {
    const file = await exportDraft(draft, '八个字以上的密码')
    const { content } = await openPackage(file, '八个字以上的密码')
    expect(content.registers.find(({ path }) => path === 'name')?.value).toBe('周建国')
  })

  it('keeps the number that the newer version gave it', async () => {
    await view(draft)
    await edit(draft, 'name', '周').catch(() => undefined)
    expect(phone().db.backendDB().version).toBe((DATABASE_VERSION + 1) * 10)
  })
})

it('a step in between, which Dexie itself makes, is no newer version', async () => {
  await newerAppWasHere(DATABASE_VERSION + 0.1)
  useDatabase(name)
  await edit(draft, 'name', '周敏')
  expect(await view(draft)).toMatchObject({ answers: { name: '周敏' }, readOnly: '' })
})

it('a guest whose database is newer cannot sign in over it, and keeps it', async () => {
  newPhone(server)
  const own = await beginDraft()
  await newerAppWasHere()
  useDatabase(name)
  await expect(becomeAccount({ id: 'account-new', name: '新', phone: '1' }, true)).rejects.toBeInstanceOf(SavedByNewer)
  expect(await view(own)).toMatchObject({ id: own })
})
