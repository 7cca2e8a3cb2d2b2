import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { becomeAccount, becomeGuest, guestDrafts } from '../../src/data/adopt'
import { PhoneDatabase } from '../../src/data/database'
import { registerFlush } from '../../src/data/flush'
import { leave } from '../../src/data/leaving'
import { databaseNames, phone, useDatabase } from '../../src/data/phone'
import { readDrafts } from '../../src/data/read'
import { removeRow, addRow } from '../../src/data/rows'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, newPhone, outbox, signIn, sync, view, zhou, type Phone } from './phones'

let server: FakeServer
let mine: Phone
beforeEach(() => {
  server = new FakeServer()
  mine = newPhone(server)
})
afterEach(() => vi.restoreAllMocks())

/** Chen has drafts of his own here, signs out, and begins another one as a guest. */
async function guestBesideAccount(): Promise<{ own: string; guests: string }> {
  const own = await beginDraft()
  await signIn(mine, chen)
  await becomeGuest()
  const guests = await beginDraft()
  await edit(guests, 'employer', '客人写的')
  return { own, guests }
}

describe('signing in', () => {
  it('relabels the guest’s database where the account has none here', async () => {
    const draft = await beginDraft()
    const { name } = phone().db
    expect(await guestDrafts()).toBe(1)
    await signIn(mine, chen)
    expect(phone().db.name).toBe(name)
    expect(await guestDrafts()).toBeNull()
    await sync()
    expect(server.drafts.get(draft)?.owner).toBe(chen.id)
  })

  it('moves the guest’s drafts, files and all, where the account has a database already', async () => {
    const { own, guests } = await guestBesideAccount()
    const file = await addPhoto(guests, 'licence', '营业执照')
    await signIn(mine, chen)
    expect((await readDrafts()).map(({ id }) => id).sort()).toEqual([own, guests].sort())
    await sync()
    expect(server.value(guests, 'employer')).toBe('客人写的')
    expect(server.drafts.get(guests)?.files.has(file.sha256)).toBe(true)
    await becomeGuest()
    expect(await phone().db.registers.count()).toBe(0)
    expect(await phone().db.files.count()).toBe(0)
  })

  it('goes on with a move that was killed in the middle, and keeps what was typed in between', async () => {
    const { guests } = await guestBesideAccount()
    const guestName = phone().db.name
    const original = PhoneDatabase.prototype.transaction
    vi.spyOn(PhoneDatabase.prototype, 'transaction').mockImplementation(function (this: PhoneDatabase, ...args: unknown[]) {
      // Killed after the draft stands in the account's database, before the guest's is erased.
      if (this.name === guestName && args[0] === 'rw' && (args[1] as { name: string }[]).some(({ name }) => name === 'outbox'))
        throw new Error('killed')
      return (original as (...all: unknown[]) => unknown).apply(this, args) as never
    })
    await expect(becomeAccount(chen, true)).rejects.toThrow('killed')
    vi.restoreAllMocks()
    expect(phone().db.name).toBe(guestName)
    await edit(guests, 'employer', '客人后来写的')
    await edit(guests, 'name', '陈志远')
    await signIn(mine, chen)
    expect((await view(guests)).answers).toEqual({ employer: '客人后来写的', name: '陈志远' })
    await sync()
    expect(server.value(guests, 'employer')).toBe('客人后来写的')
    expect(server.value(guests, 'name')).toBe('陈志远')
  })

  it('leaves the guest’s drafts alone where its user says so, and finds them again after signing out', async () => {
    const draft = await beginDraft()
    await signIn(mine, chen, false)
    expect(await readDrafts()).toEqual([])
    await becomeGuest()
    expect((await readDrafts()).map(({ id }) => id)).toEqual([draft])
  })

  it('does not send cells of rows that the guest had deleted', async () => {
    const { guests } = await guestBesideAccount()
    const row = await addRow(guests, 'experience', { where: '第一家' })
    await removeRow(guests, 'experience', row)
    await signIn(mine, chen)
    await sync()
    expect((await view(guests)).delivery.conflicts).toBe(0)
  })

  it('gives each account its own drafts', async () => {
    const draft = await beginDraft()
    await signIn(mine, chen)
    await signIn(mine, zhou)
    expect(await readDrafts()).toEqual([])
    await signIn(mine, chen)
    expect((await readDrafts()).map(({ id }) => id)).toEqual([draft])
  })

  it('twice at the same moment makes one database', async () => {
    await beginDraft()
    await Promise.all([becomeAccount(chen, false), becomeAccount(chen, false)])
    expect(await databaseNames()).toHaveLength(2)
  })

  it('opens no database that belongs to somebody else', async () => {
    await beginDraft()
    await signIn(mine, zhou)
    const zhous = phone().db.name
    await becomeGuest()
    const opened = vi.spyOn(indexedDB, 'open')
    await signIn(mine, chen)
    expect(opened.mock.calls.map(([name]) => name)).not.toContain(zhous)
  })
})

describe('signing out', () => {
  it('writes down what is being typed before another account comes into use', async () => {
    const draft = await beginDraft()
    await signIn(mine, chen)
    const chens = phone().db.name
    const done = registerFlush(() => edit(draft, 'employer', '还没存的字'))
    await leave()
    done()
    useDatabase(chens)
    expect((await view(draft)).answers.employer).toBe('还没存的字')
  })

  it('ends without touching drafts, unsent ones too', async () => {
    const draft = await beginDraft()
    await signIn(mine, chen)
    await edit(draft, 'employer', '没发出去的')
    server.lose('signOut', 'request')
    await leave()
    expect(await readDrafts()).toEqual([])
    await signIn(mine, chen)
    expect((await view(draft)).answers.employer).toBe('没发出去的')
    expect((await outbox()).length).toBeGreaterThan(0)
  })
})

describe('the database in use', () => {
  it('is found again when the browser forgot its name', async () => {
    useDatabase('jiangshen-drafts-first')
    const draft = await beginDraft()
    localStorage.clear()
    vi.resetModules()
    const again = await import('../../src/data/read')
    expect((await again.readDrafts()).map(({ id }) => id)).toEqual([draft])
  })

  it('stays in use as long as the page lives where the browser remembers nothing', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    useDatabase('jiangshen-drafts-somewhere')
    expect(phone().db.name).toBe('jiangshen-drafts-somewhere')
  })

  it('follows another tab that put another account to use', async () => {
    await beginDraft()
    const next = 'jiangshen-drafts-of-the-other-tab'
    dispatchEvent(new StorageEvent('storage', { key: 'jiangshen-current', newValue: next }))
    await vi.waitFor(() => expect(phone().db.name).toBe(next))
  })
})
