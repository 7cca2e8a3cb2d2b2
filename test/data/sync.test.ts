import { beforeEach, describe, expect, it } from 'vitest'
import { consent } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { syncStatus } from '../../src/data/syncStatus'
import { phone } from '../../src/data/phone'
import { addRow, removeRow } from '../../src/data/rows'
import { FakeServer, refused } from '../support/fakeWire'
import { beginDraft, chen, edit, newPhone, outbox, phoneOf, sync, take, view, zhou } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})
const effectsOn = (path: string) => server.effects.filter((operation) => operation.path === path)
const sent = () => server.requests.flatMap(({ operations }) => operations ?? []).map(({ seq }) => seq)

describe('sending', () => {
  it('faults 3 and 13: repeats the same number after a lost answer, and has one effect', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '无锡精密')
    server.lose('push', 'answer')
    expect(await drain()).toBe(false)
    await sync()
    expect(sent()).toEqual([1, 2, 1, 2])
    expect(effectsOn('employer')).toHaveLength(1)
  })

  it('fault 12: tries again after a lost request', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    server.lose('push', 'request')
    expect(await drain()).toBe(false)
    expect(syncStatus.trouble).toContain('没有连上服务器')
    await sync()
    expect(server.drafts.has(draft)).toBe(true)
    expect(syncStatus.trouble).toBe('')
  })

  it('does not lose what is typed while a push is under way', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '一')
    server.meanwhile.push = () => edit(draft, 'employer', '二')
    await sync()
    expect(server.value(draft, 'employer')).toBe('二')
    expect((await view(draft)).answers.employer).toBe('二')
    expect(await outbox()).toEqual([])
  })

  it('fault 28: goes on as a new device after the phone was restored from an old backup, and does nothing twice', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'employer', '一')
    await sync()
    // The backup knows nothing of what was sent since: it counts again from the same number.
    await phone().db.owner.update('owner', { nextSeq: 2 })
    await edit(draft, 'post', '铣工')
    await edit(draft, 'phone', '13900000000')
    expect(await drain()).toBe(true)
    expect(server.value(draft, 'phone')).toBe('13900000000')
    expect(effectsOn('employer')).toHaveLength(1)
    expect(await outbox()).toEqual([])
  })

  it('of a guest does nothing', async () => {
    newPhone(server)
    await beginDraft()
    expect(await drain()).toBe(false)
    expect(server.requests).toEqual([])
  })

  it('waits for signing in when the session has ended, and keeps everything', async () => {
    const mine = await phoneOf(server)
    const draft = await beginDraft()
    mine.wire.session = null
    expect(await drain()).toBe(false)
    expect(syncStatus.signInNeeded).toBe(true)
    expect(await outbox()).toHaveLength(1)
    mine.wire.session = chen
    await sync()
    expect(server.drafts.has(draft)).toBe(true)
  })

  it('never gives drafts to whoever else is signed in on this browser', async () => {
    const mine = await phoneOf(server)
    await beginDraft()
    mine.wire.session = zhou
    expect(await drain()).toBe(false)
    expect(server.drafts.size).toBe(0)
    expect(syncStatus.signInNeeded).toBe(true)
  })

  it('stops in the database where it began when another account comes into use meanwhile', async () => {
    const older = await phoneOf(server)
    const draft = await beginDraft()
    server.meanwhile.push = () => void newPhone(server)
    await drain()
    expect(await phone().db.drafts.count()).toBe(0)
    expect(await phone().db.registers.count()).toBe(0)
    take(older)
    await sync()
    expect((await view(draft)).revision).toBe(1)
  })
})

describe('sensitive answers', () => {
  it('stay on the phone until the consent and go afterwards, in an order without gaps', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'idNumber', '320214198506159714')
    await edit(draft, 'employer', '无锡精密')
    await sync()
    expect(server.value(draft, 'idNumber')).toBeUndefined()
    expect(server.value(draft, 'employer')).toBe('无锡精密')
    expect((await view(draft)).delivery).toMatchObject({ waiting: 0, held: 1 })
    await consent(draft, '2021-1')
    await sync()
    expect(server.value(draft, 'idNumber')).toBe('320214198506159714')
    expect((await view(draft)).delivery).toMatchObject({ waiting: 0, held: 0, refused: [] })
    expect(sent()).toEqual([1, 2, 3, 4])
  })

  it('keep their order when the first answer after the consent is lost', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'idNumber', '320214198506159714')
    await sync()
    await edit(draft, 'employer', '无锡精密')
    server.lose('push', 'request')
    await drain()
    await consent(draft, '2021-1')
    server.lose('push', 'request')
    await drain()
    await sync()
    expect(server.value(draft, 'idNumber')).toBe('320214198506159714')
    expect(sent()).toEqual([1, 2, 3, 4])
  })

  it('agreed to on two phones make no conflict', async () => {
    const one = await phoneOf(server)
    const draft = await beginDraft()
    await sync()
    const two = await phoneOf(server)
    await sync()
    await consent(draft, '2021-1')
    take(one)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await consent(draft, '2021-1')
    await sync(two)
    await sync(one)
    expect((await view(draft)).delivery.conflicts).toBe(0)
    expect((await view(draft)).consent).toEqual(server.value(draft, '$consent'))
  })
})

describe('what the server does not accept', () => {
  it('stays visible with its reason and blocks nothing', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    server.rejectPath = (path) => path === 'employer'
    await edit(draft, 'employer', '无锡精密')
    await edit(draft, 'name', '陈志远')
    await sync()
    const { delivery, answers } = await view(draft)
    expect(delivery.refused).toEqual([{ path: 'employer', reason: 'forbidden' }])
    expect(answers.employer).toBe('无锡精密')
    expect(server.value(draft, 'name')).toBe('陈志远')
  })

  it('is tried again once its user has changed it', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    server.rejectPath = (path) => path === 'employer'
    await edit(draft, 'employer', '无锡精密')
    await sync()
    server.rejectPath = () => false
    await edit(draft, 'employer', '无锡精密机械')
    await sync()
    expect(server.value(draft, 'employer')).toBe('无锡精密机械')
    expect((await view(draft)).delivery.refused).toEqual([])
  })

  it.each([400, 413])('as a whole batch with %i is halved until the culprit stands aside, without a gap', async (status) => {
    await phoneOf(server)
    const draft = await beginDraft()
    await Promise.all(['name', 'employer', 'occupation', 'contactEmail', 'education'].map((path) => edit(draft, path, '值')))
    server.refusePush = ({ operations }) =>
      operations.some(({ path }) => path === 'occupation') ? refused(status, 'refused-whole') : null
    await sync()
    expect(server.value(draft, 'education')).toBe('值')
    expect((await view(draft)).delivery).toMatchObject({
      waiting: 0,
      refused: [{ path: 'occupation', reason: status === 413 ? 'too-large' : 'bad-value' }],
    })
    const device = [...server.devices.values()][0]
    expect(device?.last).toBe(6)
    await edit(draft, 'post', '铣工')
    await sync()
    expect(server.value(draft, 'post')).toBe('铣工')
  })

  it('sets nothing more aside when the server refuses everything', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'name', '陈志远')
    await edit(draft, 'employer', '无锡精密')
    server.refusePush = () => refused(400, 'refused-whole')
    expect(await drain()).toBe(false)
    expect(await drain()).toBe(false)
    expect((await outbox()).filter(({ state }) => state === 'refused').length).toBeLessThanOrEqual(1)
  })
})

describe('rows on their way', () => {
  it('added and deleted again before the network came make no conflict', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await removeRow(draft, 'experience', row)
    await sync()
    expect((await view(draft)).delivery.conflicts).toBe(0)
    expect((await view(draft)).answers.experience).toBeUndefined()
    expect(server.value(draft, `experience/${row}`)).toBeNull()
  })

  it('come back with what was typed in them when the deletion is taken back', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    const row = await addRow(draft, 'experience')
    await sync()
    await edit(draft, `experience/${row}/where`, '第一家')
    const undo = await removeRow(draft, 'experience', row)
    await sync()
    expect(server.value(draft, `experience/${row}/where`)).toBeUndefined()
    await undo()
    expect((await view(draft)).delivery.waiting).toBe(2)
    await sync()
    expect(server.value(draft, `experience/${row}/where`)).toBe('第一家')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })
})
