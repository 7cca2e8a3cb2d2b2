import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { browserKind } from '../../src/data/browserKind'
import { forgetNote, lookForLoss, noteDrafts } from '../../src/data/canary'
import { becomeGuest } from '../../src/data/adopt'
import { askToPersist, askWhenSensible, readPersistence } from '../../src/data/persistence'
import { databaseNames, newDatabaseName, phone, useDatabase } from '../../src/data/phone'
import { readDrafts } from '../../src/data/read'
import { becomeAccount } from '../../src/data/adopt'
import { readOldUnsent } from '../../src/data/unsent'
import Dexie from 'dexie'
import { FakeCaches } from '../support/fakeCaches'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, newPhone, phoneOf, signIn, sync, take, type Phone } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
  sessionStorage.clear()
  vi.stubGlobal('caches', new FakeCaches())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** A browser with a will of its own about what it keeps. */
function browserThatSays(answer: boolean, installed = false) {
  let granted = false
  const persist = vi.fn(async () => (granted = answer))
  vi.stubGlobal('navigator', { ...navigator, userAgent: '', standalone: installed, storage: { persist, persisted: async () => granted } })
  return persist
}

describe('fault 29: asking the browser to keep the data', () => {
  it('waits until an answer is saved: a look around and an empty draft are no reason', async () => {
    newPhone(server)
    const persist = browserThatSays(true, true)
    expect(await askWhenSensible(0)).toBeNull()
    const draft = await beginDraft()
    expect(await askWhenSensible(1)).toBeNull()
    expect(persist).not.toHaveBeenCalled()
    await edit(draft, 'employer', '无锡精密')
    expect(await askWhenSensible(2)).toBe('granted')
    expect(await readPersistence()).toBe('granted')
  })

  it('waits for real use where the app is not installed', async () => {
    newPhone(server)
    const persist = browserThatSays(true)
    await addPhoto(await beginDraft(), 'licence', '营业执照')
    expect(await askWhenSensible(2)).toBeNull()
    expect(persist).not.toHaveBeenCalled()
    expect(await askWhenSensible(3)).toBe('granted')
  })

  it('is not done twice in a visit after a no, by hand or not; another visit may ask again', async () => {
    newPhone(server)
    const persist = browserThatSays(false)
    await edit(await beginDraft(), 'employer', '无锡精密')
    expect(await askWhenSensible(3)).toBe('denied')
    expect(await askWhenSensible(4)).toBeNull()
    expect(await askToPersist()).toBe('denied')
    expect(await readPersistence()).toBe('denied')
    expect(persist).toHaveBeenCalledTimes(1)
    sessionStorage.clear()
    vi.resetModules()
    expect(await (await import('../../src/data/persistence')).readPersistence()).toBe('unasked')
  })

  it('is nobody’s business where the browser has no such question', async () => {
    vi.stubGlobal('navigator', { userAgent: '' })
    expect(await readPersistence()).toBe('unsupported')
    expect(await askToPersist()).toBe('unsupported')
  })
})

describe('cleared site data', () => {
  let mine: Phone
  beforeEach(() => {
    mine = newPhone(server)
  })
  /** The browser takes the tables; the cookie, which the server set, stays. */
  async function clearTables(): Promise<void> {
    useDatabase(newDatabaseName())
    for (const name of await databaseNames()) await Dexie.delete(name)
    useDatabase(newDatabaseName())
  }

  it('fault 22, 27: is noticed by what the server knows, and restored under a new device id', async () => {
    await signIn(mine, chen)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    const deleted = await beginDraft()
    await edit(deleted, '$deleted', true)
    await sync()
    const before = (await phone().db.owner.get('owner'))?.device
    await clearTables()
    localStorage.clear()
    const loss = await lookForLoss()
    expect(loss).toEqual({ kind: 'restorable', account: chen, drafts: 1 })
    if (loss?.kind === 'restorable') await becomeAccount(loss.account, false)
    await sync()
    expect((await readDrafts()).find(({ id }) => id === draft)?.answers.employer).toBe('无锡精密')
    const after = (await phone().db.owner.get('owner'))?.device
    expect(after).toBeTruthy()
    expect(after).not.toBe(before)
    expect(await lookForLoss()).toBeNull()
  })

  it('is said plainly without a session, by a note that says how many drafts and when', async () => {
    await edit(await beginDraft(), 'name', '陈志远')
    await beginDraft()
    await noteDrafts('2026-11-20T08:00:00.000Z')
    expect(localStorage.getItem('jiangshen-drafts-here')).toBe('{"drafts":2,"at":"2026-11-20T08:00:00.000Z"}')
    await clearTables()
    expect(await lookForLoss()).toEqual({ kind: 'gone', drafts: 2, at: '2026-11-20T08:00:00.000Z' })
    localStorage.clear()
    expect(await lookForLoss()).toMatchObject({ kind: 'gone', drafts: 2 })
    await noteDrafts()
    expect(await lookForLoss()).toMatchObject({ kind: 'gone', drafts: 2 })
    await forgetNote()
    expect(await lookForLoss()).toBeNull()
  })

  it('is said without a network, too', async () => {
    await signIn(mine, chen)
    await beginDraft()
    await noteDrafts()
    await clearTables()
    server.lose('whoAmI', 'request')
    expect(await lookForLoss()).toMatchObject({ kind: 'gone', drafts: 1 })
  })

  it('is not suspected on a first visit, with drafts at hand, or after signing out', async () => {
    expect(await lookForLoss()).toBeNull()
    await beginDraft()
    await noteDrafts()
    expect(await lookForLoss()).toBeNull()
    await signIn(mine, chen)
    await sync()
    // Signed out where there was no network: the cookie lives, and the drafts lie in the account's database.
    await becomeGuest()
    take({ ...mine, name: phone().db.name })
    expect(await lookForLoss()).toBeNull()
  })
})

describe('fault 22: work that is on this phone only', () => {
  const DAY = 24 * 60 * 60 * 1000

  it('is pointed out after a day, with how many drafts and since when', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    await addPhoto(draft, 'licence', '营业执照')
    expect(await readOldUnsent(Date.now() + DAY - 60_000)).toBeNull()
    expect(await readOldUnsent(Date.now() + DAY + 60_000)).toMatchObject({ drafts: 1 })
    await sync()
    expect(await readOldUnsent(Date.now() + DAY + 60_000)).toBeNull()
  })

  it('is pointed out for a photo whose words have arrived', async () => {
    await phoneOf(server)
    await addPhoto(await beginDraft(), 'licence', '营业执照')
    server.lose('upload', 'request', 9)
    await sync().catch(() => undefined)
    expect((await phone().db.outbox.toArray()).length).toBe(0)
    expect(await readOldUnsent(Date.now() + DAY + 60_000)).toMatchObject({ drafts: 1 })
  })
})

it('fault 22, 23: browsers that forget are told apart', () => {
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'
  const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36'
  const chromeOnMac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
  const wechat = `${android} XWEB/1160117 MMWEBSDK/20240501 MicroMessenger/8.0.50.2701(0x28003252) WeChat/arm64`
  expect(browserKind(iphone, 5)).toBe('ios')
  expect(browserKind(mac, 5)).toBe('ios')
  expect(browserKind(mac, 0)).toBe('safari')
  expect(browserKind(android, 5)).toBe('other')
  expect(browserKind(chromeOnMac, 0)).toBe('other')
  expect(browserKind(wechat, 5)).toBe('wechat')
  expect(browserKind(`${iphone} MicroMessenger/8.0.49`, 5)).toBe('wechat')
  expect(browserKind(`${android} AlipayClient/10.6`, 5)).toBe('in-app')
})
