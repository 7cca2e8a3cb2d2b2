import { beforeEach, describe, expect, it, vi } from 'vitest'
import { phone } from '../../src/data/phone'
import { sentenceOf } from '../../src/data/failure'
import { write } from '../../src/data/write'
import { drain } from '../../src/data/drain'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, outbox, phoneOf, reopen, sync, view } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})

describe('an edit', () => {
  it('is in the table together with its operation', async () => {
    newPhone(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    expect((await view(draft)).answers.employer).toBe('无锡精密')
    expect((await outbox()).map(({ path, base, seq }) => [path, base, seq])).toEqual([
      ['$draft', 0, null],
      ['employer', 0, null],
    ])
  })

  it('fault 26: is only called saved by a transaction that is strictly durable', async () => {
    // Before the database is opened: Dexie keeps what it finds then.
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction')
    newPhone(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    const writing = opened.mock.calls.filter(([, mode]) => mode === 'readwrite')
    opened.mockRestore()
    expect(writing.length).toBeGreaterThan(0)
    expect(writing.map(([, , options]) => options?.durability)).toEqual(writing.map(() => 'strict'))
  })

  it('is written whole or not at all when the disk is full, and its user is told so', async () => {
    newPhone(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    const { db } = phone()
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    db.outbox.hook('creating', full)
    const failed = await write(draft, [
      { path: 'employer', value: '另一家' },
      { path: 'name', value: '陈志远' },
    ]).catch((reason: unknown) => reason)
    db.outbox.hook('creating').unsubscribe(full)
    expect(sentenceOf(failed)).toContain('存储空间不够')
    expect((await view(draft)).answers).toEqual({ employer: '无锡精密' })
    expect(await outbox()).toHaveLength(2)
  })

  it('that was made before a kill is sent by the next page', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    reopen()
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡精密')
    expect(await outbox()).toEqual([])
  })

  it('replaces an operation that was never sent, keeping its base', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '一')
    await sync()
    await edit(draft, 'employer', '二')
    await edit(draft, 'employer', '三')
    const [only, ...more] = await outbox()
    expect(more).toEqual([])
    expect(only).toMatchObject({ path: 'employer', base: 2, seq: null, payload: { value: '三' } })
  })

  it('never changes an operation that may have been sent, and inherits its base', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '一')
    await sync()
    await edit(draft, 'employer', '二')
    server.lose('push', 'answer')
    await drain()
    await edit(draft, 'employer', '三')
    expect((await outbox()).map(({ base, payload }) => [base, payload.value])).toEqual([
      [2, '二'],
      [2, '三'],
    ])
    await sync()
    expect(server.value(draft, 'employer')).toBe('三')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('of a draft that this database does not have is refused instead of hidden', async () => {
    newPhone(server)
    await expect(edit('11111111-1111-4111-8111-111111111111', 'employer', '无锡精密')).rejects.toThrow('草稿')
    expect(await outbox()).toEqual([])
  })

  it('survives that the browser ends the connection in the background', async () => {
    newPhone(server)
    const draft = await beginDraft()
    const { db } = phone()
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    db.backendDB().close()
    await edit(draft, 'employer', '无锡精密')
    expect((await view(draft)).answers.employer).toBe('无锡精密')
  })
})
