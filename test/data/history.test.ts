import { describe, expect, it, vi } from 'vitest'
import { copyDraft } from '../../src/data/drafts'
import { drain } from '../../src/data/drain'
import { readHistory, valuesAt } from '../../src/data/history'
import { phone } from '../../src/data/phone'
import { readValues } from '../../src/data/read'
import { beginDraft, chen, edit, newPhone, phoneOf, signIn, sync, take } from './phones'
import { checkpoints, fromMentor, past, timeMachine, type, wait } from './timeMachine'

const here = timeMachine()

describe('what is kept', () => {
  it('of typing, nothing but what came of it', async () => {
    await type(here, 'employer', '无', '无锡', '无锡精', '无锡精密')
    expect(await past(here, 'employer')).toEqual(['无锡精密'])
    wait(here, 60)
    await type(here, 'employer', '无锡精密机', '无锡精密机械')
    expect(await past(here, 'employer')).toEqual(['无锡精密', '无锡精密机械'])
  })

  it('with who and when, sealed as it was', async () => {
    await type(here, 'employer', '甲厂')
    const standing = await phone().db.registers.get([here.draft, 'employer'])
    wait(here, 3600)
    await type(here, 'employer', '乙厂')
    expect((await phone().db.versions.toArray())[0]?.payload).toEqual(standing?.payload)
    expect((await readHistory(here.draft)).standings).toContainEqual(
      expect.objectContaining({ path: 'employer', value: '甲厂', by: '陈志远', until: Date.now() }),
    )
  })

  it('at once, of what came from another phone', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    const two = await phoneOf(here.server)
    await sync(two)
    await type(here, 'employer', '乙')
    expect(await past(here, 'employer')).toEqual(['甲厂', '乙'])
    take(here.one)
  })

  it('not again and again, of what goes to the server and back while it is typed', async () => {
    for (const value of ['无', '无锡', '无锡精', '无锡精密']) {
      await type(here, 'employer', value)
      await sync()
    }
    expect(await past(here, 'employer')).toEqual(['无锡精密'])
  })

  it('of answers that an earlier app wrote: they have stood long enough', async () => {
    await type(here, 'employer', '甲厂')
    await phone().db.registers.update([here.draft, 'employer'], { since: undefined })
    await type(here, 'employer', '乙厂')
    expect(await past(here, 'employer')).toEqual(['甲厂', '乙厂'])
  })

  it('fault 21: together with what replaces it, or neither, when the disk is full', async () => {
    await type(here, 'employer', '甲厂')
    wait(here, 100)
    const fail = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const { db } = phone()
    db.outbox.hook('updating', fail)
    await expect(edit(here.draft, 'employer', '乙厂')).rejects.toMatchObject({ name: 'QuotaExceededError' })
    db.outbox.hook('updating').unsubscribe(fail)
    expect(await past(here, 'employer')).toEqual(['甲厂'])
  })

  it('also after the phone’s clock was set back', async () => {
    await type(here, 'employer', '甲厂')
    wait(here, -86_400)
    await type(here, 'employer', '乙厂')
    expect(await past(here, 'employer')).toEqual(['甲厂', '乙厂'])
  })

  it('comes along when a guest signs in, also beside drafts that the account has here', async () => {
    const guest = newPhone(here.server)
    here.draft = await beginDraft()
    await type(here, 'employer', '甲厂')
    wait(here, 100)
    await type(here, 'employer', '乙厂')
    await copyDraft(here.draft)
    take(here.one)
    await signIn(here.one, chen)
    const account = here.one.name
    take(guest)
    await signIn(guest, chen)
    expect(guest.name).toBe(account)
    expect(await past(here, 'employer')).toEqual(['甲厂', '乙厂'])
    expect(await checkpoints(here)).toEqual(['copy'])
  })
})

describe('a checkpoint', () => {
  it('stands before another person’s change, with what was typed a second ago', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    await type(here, 'education', '大')
    await sync()
    const before = Object.fromEntries(await readValues(here.draft))
    wait(here, 1)
    fromMentor(here, 'employer', '甲厂有限公司')
    await sync()
    await type(here, 'education', '大专')
    const { checkpoints: marks } = await readHistory(here.draft)
    expect(marks).toMatchObject([{ why: 'other-person' }])
    expect(Object.fromEntries(await valuesAt(here.draft, { on: 'phone', at: marks[0]?.at ?? 0 }))).toEqual(before)
  })

  it('holds nothing of what came with it, however slow the phone is', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    fromMentor(here, 'employer', '乙厂')
    let now = Date.now()
    const ticking = vi.spyOn(Date, 'now').mockImplementation(() => (now += 7))
    await sync()
    ticking.mockRestore()
    const [mark] = (await readHistory(here.draft)).checkpoints
    expect((await valuesAt(here.draft, { on: 'phone', at: mark?.at ?? 0 })).get('employer')).toBe('甲厂')
  })

  it('stands before a conflict puts the server’s value in the place of one’s own', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    const two = await phoneOf(here.server)
    await sync(two)
    await type(here, 'employer', '乙厂')
    await sync(two)
    take(here.one)
    await type(here, 'employer', '丙厂')
    wait(here, 1)
    await sync(here.one)
    const [mark] = (await readHistory(here.draft)).checkpoints
    expect(mark?.why).toBe('merge')
    expect((await valuesAt(here.draft, { on: 'phone', at: mark?.at ?? 0 })).get('employer')).toBe('丙厂')
    expect((await readValues(here.draft)).get('employer')).toBe('乙厂')
  })

  it('stands before one’s other phone changes what was edited here, but not before every pull', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    await sync()
    expect(await checkpoints(here)).toEqual([])
    const two = await phoneOf(here.server)
    await sync(two)
    expect(await checkpoints(here)).toEqual([])
    await type(here, 'employer', '乙厂')
    await type(here, 'name', '陈')
    await sync(two)
    await sync(here.one)
    expect(await checkpoints(here)).toEqual(['merge'])
  })

  it('is not made anew by every change of a busy quarter of an hour, and loses nothing for that', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    for (const value of ['一', '二', '三']) {
      wait(here, 1)
      await type(here, 'employer', `${value}厂`)
      await sync()
      fromMentor(here, 'employer', `${value}厂有限公司`)
      await sync()
    }
    expect(await checkpoints(here)).toEqual(['other-person'])
    expect(await past(here, 'employer')).toEqual(expect.arrayContaining(['一厂', '二厂', '三厂', '三厂有限公司']))
    wait(here, 301)
    fromMentor(here, 'employer', '四厂')
    await sync()
    expect(await checkpoints(here)).toEqual(['other-person', 'other-person'])
  })

  it('I9: is not made for a change that waits behind a pending edit', async () => {
    await type(here, 'employer', '甲厂')
    await sync()
    fromMentor(here, 'employer', '乙厂')
    await type(here, 'employer', '丙厂')
    here.server.lose('push', 'request', 3)
    await drain()
    expect((await readValues(here.draft)).get('employer')).toBe('丙厂')
    expect(await checkpoints(here)).toEqual([])
    here.server.heal()
  })

  it('stands before a copy', async () => {
    await type(here, 'employer', '甲厂')
    await copyDraft(here.draft)
    expect(await checkpoints(here)).toEqual(['copy'])
  })
})

