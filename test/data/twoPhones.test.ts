import { beforeEach, describe, expect, it } from 'vitest'
import { chooseConflict, readConflicts } from '../../src/data/conflicts'
import { consent } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { readValues } from '../../src/data/read'
import { addRow, removeRow } from '../../src/data/rows'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, outbox, phoneOf, sync, take, view, type Phone } from './phones'

let server: FakeServer
let one: Phone
let two: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  one = await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
  await sync()
  two = await phoneOf(server)
  await sync()
  take(one)
})
const on = async (who: Phone, path: string, value: string | null) => {
  take(who)
  await edit(draft, path, value)
}
const answer = async (who: Phone, name = 'employer') => {
  take(who)
  return (await view(draft)).answers[name]
}

describe('two phones of one person', () => {
  it('show the same draft', async () => {
    expect(await answer(two)).toBe('无锡精密')
  })

  it('that changed the same answer show the server’s value and the other one as a conflict', async () => {
    await on(one, 'employer', '甲厂')
    await on(two, 'employer', '乙厂')
    await sync(one)
    await sync(two)
    expect(await answer(two)).toBe('甲厂')
    expect((await view(draft)).delivery.conflicts).toBe(1)
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ label: '工作单位', theirs: '甲厂', mine: '乙厂' }])
    await sync(one)
    expect((await view(draft)).delivery.conflicts).toBe(1)
  })

  it('are at peace once a person has chosen', async () => {
    await on(one, 'employer', '甲厂')
    await on(two, 'employer', '乙厂')
    await sync(one)
    await sync(two)
    const [conflict] = await readConflicts(draft, 'technician')
    if (!conflict) throw new Error('no conflict')
    await chooseConflict(draft, conflict, 'mine')
    expect((await view(draft)).delivery.conflicts).toBe(0)
    await sync(two)
    await sync(one)
    expect(await answer(one)).toBe('乙厂')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('get a new conflict when the chosen value meets a newer one', async () => {
    await on(one, 'employer', '甲厂')
    await on(two, 'employer', '乙厂')
    await sync(one)
    await sync(two)
    const [conflict] = await readConflicts(draft, 'technician')
    if (!conflict) throw new Error('no conflict')
    await chooseConflict(draft, conflict, 'mine')
    await on(one, 'employer', '丙厂')
    await sync(one)
    await sync(two)
    expect(await answer(two)).toBe('丙厂')
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ theirs: '丙厂', mine: '乙厂' }])
  })

  it('that typed the same make no conflict, nor does what is typed on while it is sent', async () => {
    await on(one, 'employer', '甲厂')
    await on(two, 'employer', '甲厂')
    await sync(one)
    server.meanwhile.push = () => edit(draft, 'employer', '甲厂二部')
    await sync(two)
    expect(server.value(draft, 'employer')).toBe('甲厂二部')
    expect((await view(draft)).delivery.conflicts).toBe(0)
  })

  it('never lose a pending edit to a pull', async () => {
    await on(one, 'idNumber', '320214198506159714')
    await on(two, 'name', '陈志远')
    await consent(draft, '2021-1')
    await edit(draft, 'idNumber', '32021419850615')
    await sync(two)
    take(one)
    const before = await outbox()
    server.lose('push', 'request')
    await drain()
    expect(await answer(one, 'idNumber')).toBe('320214198506159714')
    expect(await outbox()).toMatchObject(before.map(({ path }) => ({ path })))
    await sync(one)
    expect(await answer(one, 'name')).toBe('陈志远')
    await sync(one)
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ path: 'idNumber', mine: '320214198506159714' }])
  })

  it('store registers and cursor together or not at all', async () => {
    await on(one, 'name', '陈志远')
    await on(one, 'employer', '甲厂')
    await sync(one)
    take(two)
    const { db } = phone()
    const before = (await view(draft)).revision
    const fail = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    db.drafts.hook('updating', fail)
    expect(await drain()).toBe(false)
    db.drafts.hook('updating').unsubscribe(fail)
    expect(await view(draft)).toMatchObject({ revision: before, answers: { employer: '无锡精密' } })
    await sync(two)
    expect((await view(draft)).answers).toMatchObject({ employer: '甲厂', name: '陈志远' })
  })

  it('see an edit in a row that the other one deleted as a conflict, and the row stays deleted', async () => {
    take(one)
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await sync(one)
    await sync(two)
    await removeRow(draft, 'experience', row)
    await on(one, `experience/${row}/where`, '第一家（改）')
    await sync(two)
    await sync(one)
    expect(await answer(one, 'experience')).toBeUndefined()
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ mine: '第一家（改）', reason: 'deleted' }])
    expect((await outbox()).length).toBe(0)
  })

  it('bring back a row with the edits that had waited in it', async () => {
    take(one)
    const row = await addRow(draft, 'experience', { where: '第一家' })
    await sync(one)
    await sync(two)
    await edit(draft, `experience/${row}/where`, '第一家（改）')
    await removeRow(draft, 'experience', row)
    await sync(two)
    await sync(one)
    await edit(draft, `experience/${row}`, { order: 'a0' })
    await sync(one)
    await sync(two)
    await sync(two)
    await sync(one)
    expect(await answer(one, 'experience')).toMatchObject([{ where: '第一家（改）' }])
  })

  it('keep answers of a newer form that they do not know, and send them back untouched', async () => {
    const served = server.drafts.get(draft)
    served?.registers.set('brandNew', {
      path: 'brandNew', value: { deep: ['x'] }, version: ++served.revision, by: '新版', at: server.at(), device: 'new', base: 0,
    })
    await sync(two)
    await on(two, 'name', '陈志远')
    await sync(two)
    expect((await readValues(draft)).get('brandNew')).toEqual({ deep: ['x'] })
    expect(server.value(draft, 'brandNew')).toEqual({ deep: ['x'] })
    expect((await view(draft)).answers).not.toHaveProperty('brandNew')
  })

  it('hold the same as the server when all is quiet', async () => {
    await on(one, 'name', '陈志远')
    await on(two, 'education', '大专')
    await on(two, 'employer', '乙厂')
    for (const who of [one, two, one, two]) await sync(who)
    for (const who of [one, two]) {
      take(who)
      for (const [path, value] of await readValues(draft)) expect([path, value]).toEqual([path, server.value(draft, path)])
    }
  })
})
