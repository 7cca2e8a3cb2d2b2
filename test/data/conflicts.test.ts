import { beforeEach, describe, expect, it } from 'vitest'
import { bringRowBack, leaveDeleted, readConflictCards, settleCard, type ConflictCard } from '../../src/data/conflictCards'
import { phone } from '../../src/data/phone'
import { addRow, moveRow, removeRow } from '../../src/data/rows'
import type { Json } from '../../src/domain/sync'
import { FakeServer } from '../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, keepFile, outbox, phoneOf, sync, take, view, type Phone } from './phones'

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

const cards = () => readConflictCards(draft, 'technician')
const onlyCard = async (): Promise<ConflictCard> => {
  const [card, ...more] = await cards()
  if (!card || more.length > 0) throw new Error(`${more.length + (card ? 1 : 0)} cards`)
  return card
}
const answer = async (name = 'employer') => (await view(draft)).answers[name]

/** Every phone but the first changes the same answer later than the first one did. */
async function disagree(path: string, values: readonly Json[]): Promise<void> {
  const phones = [one, two]
  while (phones.length < values.length) {
    phones.push(await phoneOf(server))
    await sync()
  }
  for (const [i, value] of values.entries()) {
    take(phones[i] as Phone)
    await edit(draft, path, value)
  }
  for (const each of phones.slice(0, values.length)) {
    server.now += 60_000
    await sync(each)
  }
}

describe('fault 50: the same answer on two phones', () => {
  it('is one card with both values, who wrote them and when, and where', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    const card = await onlyCard()
    expect(card).toMatchObject({ kind: 'value', path: 'employer', label: '工作单位', blocks: true, step: { id: 'unit' } })
    expect(card.standing).toMatchObject({ value: '甲厂', by: chen.name })
    expect(card.others).toMatchObject([{ value: '乙厂', by: chen.name }])
    expect(Date.parse(card.others[0]?.at ?? '')).toBeGreaterThan(Date.parse(card.standing.at))
  })

  it('is settled without a network, and on both phones once there is one', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    await settleCard(draft, await onlyCard(), '乙厂')
    expect(await cards()).toEqual([])
    expect(await answer()).toBe('乙厂')
    await sync(two)
    await sync(one)
    expect([await answer(), (await view(draft)).delivery.conflicts]).toEqual(['乙厂', 0])
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
  })

  it('keeping what stands sends no edit', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    await settleCard(draft, await onlyCard(), '甲厂')
    expect(await outbox()).toEqual([])
    await sync(two)
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
  })

  it('a third value that was typed instead is an ordinary edit, and can be changed like one', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    await settleCard(draft, await onlyCard(), '丙厂')
    await edit(draft, 'employer', '丙厂（无锡）')
    await sync(two)
    expect(server.value(draft, 'employer')).toBe('丙厂（无锡）')
    expect(await cards()).toEqual([])
  })

  it('of three phones is one card; values that are alike stand there once, and all of them are closed', async () => {
    await disagree('employer', ['甲厂', '乙厂', '丙厂', '乙厂'])
    await sync(one)
    const card = await onlyCard()
    expect(card.others.map(({ value }) => value)).toEqual(['乙厂', '丙厂'])
    await settleCard(draft, card, '丙厂')
    await sync(one)
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
    expect(server.value(draft, 'employer')).toBe('丙厂')
  })

  it('about which everybody has come to agree stays open until a person says so', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    await edit(draft, 'employer', '乙厂')
    const card = await onlyCard()
    expect(card.others).toEqual([])
    await settleCard(draft, card, '乙厂')
    expect(await cards()).toEqual([])
  })
})

describe('one choice is one transaction', () => {
  /** The process dies while it writes into this table. */
  async function dying(table: 'conflicts' | 'outbox', act: () => Promise<void>): Promise<void> {
    const { db } = phone()
    const die = () => {
      throw new Error('killed')
    }
    const hook = table === 'conflicts' ? db.conflicts.hook('updating') : db.outbox.hook('creating')
    hook.subscribe(die)
    await expect(act()).rejects.toThrow('killed')
    hook.unsubscribe(die)
  }

  it('killed while it closes the conflict, the value isn’t written either', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    const card = await onlyCard()
    await dying('conflicts', () => settleCard(draft, card, '乙厂'))
    expect(await answer()).toBe('甲厂')
    expect(await outbox()).toEqual([])
    expect(await cards()).toEqual([card])
  })

  it('killed while it writes the value, the conflict stays open', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    const card = await onlyCard()
    await dying('outbox', () => settleCard(draft, card, '乙厂'))
    expect(await answer()).toBe('甲厂')
    expect(await cards()).toEqual([card])
  })
})

describe('only what somebody saw is closed', () => {
  it('a value of another phone that came meanwhile asks anew', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    const seen = await onlyCard()
    const three = await phoneOf(server)
    await sync()
    await edit(draft, 'employer', '丙厂')
    take(two)
    await edit(draft, 'employer', '丁厂')
    await sync(two)
    await sync(three)
    await sync(two)
    await settleCard(draft, seen, '甲厂')
    expect((await onlyCard()).others.map(({ value }) => value)).toContain('丙厂')
  })

  it('nor a later value of the same phone, which has the same id', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    const seen = await onlyCard()
    const { db } = phone()
    await db.conflicts.toCollection().modify((row) => {
      row.at = 'later'
      row.payload.mine = '乙厂二部'
    })
    await settleCard(draft, seen, '甲厂')
    expect((await onlyCard()).others).toMatchObject([{ value: '乙厂二部' }])
  })

  it('a later value that is pulled while the choice is on its way asks anew', async () => {
    await disagree('employer', ['甲厂', '乙厂'])
    await sync(one)
    take(one)
    await settleCard(draft, await onlyCard(), '甲厂')
    const served = server.drafts.get(draft)?.conflicts[0]
    if (!served) throw new Error('no conflict')
    Object.assign(served, { mine: '乙厂二部', at: new Date(server.now + 1).toISOString() })
    // The closing is on its way; what is pulled meanwhile was not seen by anybody.
    const { db } = phone()
    const { pullAll } = await import('../../src/data/pull')
    await pullAll(one.wire, phone())
    expect((await db.conflicts.toArray()).map(({ closed }) => closed)).toEqual([0])
    expect((await onlyCard()).others).toMatchObject([{ value: '乙厂二部' }])
  })
})

describe('a row that was deleted on another phone', () => {
  let row: string
  beforeEach(async () => {
    row = await addRow(draft, 'experience', { where: '第一家', witness: '李建国' })
    await addRow(draft, 'experience', { where: '第二家' })
    await sync(one)
    await sync(two)
    take(one)
    await removeRow(draft, 'experience', row)
    take(two)
    await edit(draft, `experience/${row}/where`, '第一家（改）')
    await edit(draft, `experience/${row}/witness`, '王强')
    await sync(one)
    await sync(two)
  })

  it('fault 51: is one card that says so, with all that was written in it', async () => {
    const card = await onlyCard()
    expect(card).toMatchObject({ kind: 'gone', path: `experience/${row}`, label: '主要经历 已删除的一行', blocks: true })
    expect(card.cells).toMatchObject([
      { label: '在何单位学习、工作', value: '第一家（改）' },
      { label: '证明人', value: '王强' },
    ])
    expect(card.standing.by).toBe(chen.name)
  })

  it('comes back with what was written in it, for both', async () => {
    await bringRowBack(draft, await onlyCard())
    expect(await cards()).toEqual([])
    await sync(two)
    await sync(one)
    expect(await answer('experience')).toMatchObject([{ where: '第二家' }, { id: row, where: '第一家（改）', witness: '王强' }])
    expect(await cards()).toEqual([])
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
  })

  it('stays deleted where its user says so', async () => {
    await leaveDeleted(draft, await onlyCard())
    await sync(two)
    expect(await answer('experience')).toMatchObject([{ where: '第二家' }])
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
  })

  it('once it is back, shows its answers as ordinary conflicts', async () => {
    await edit(draft, `experience/${row}`, { order: 'a5' })
    expect(await cards()).toMatchObject([
      { kind: 'value', label: '主要经历 第 2 行 · 在何单位学习、工作', standing: { value: '第一家' }, others: [{ value: '第一家（改）' }] },
      { kind: 'value', label: '主要经历 第 2 行 · 证明人' },
    ])
  })
})

it('the other picture of a conflict reaches the server too, so that it can be chosen on any phone', async () => {
  const { row } = await addPhoto(draft, 'licence', '第一次拍的')
  await sync(one)
  await sync(two)
  const pictures = new Map<Phone, string>()
  for (const who of [one, two]) {
    take(who)
    const file = await keepFile(who === one ? '第二次拍的' : '第三次拍的')
    pictures.set(who, file.sha256)
    await edit(draft, `licence/${row}/file`, { ...file })
  }
  await sync(one)
  await sync(two)
  await sync(two)
  expect(server.uploads).toContain(pictures.get(two))
  await sync(one)
  take(one)
  const card = await onlyCard()
  expect(card).toMatchObject({ label: '组织机构代码证 第 1 张 · 文件', others: [{ value: { sha256: pictures.get(two) } }] })
  await settleCard(draft, card, card.others[0]?.value ?? null)
  await sync(one)
  expect((await view(draft)).delivery).toMatchObject({ unconfirmed: 0, waiting: 0, conflicts: 0 })
  expect(server.value(draft, `licence/${row}/file`)).toMatchObject({ sha256: pictures.get(two) })
})

it('a row that one phone moved and the other deleted is kept or deleted, as one says', async () => {
  const rows = [await addRow(draft, 'experience', { where: '第一家' }), await addRow(draft, 'experience', { where: '第二家' })]
  await sync(one)
  await sync(two)
  await moveRow(draft, 'experience', rows[1] ?? '', 0)
  take(one)
  await removeRow(draft, 'experience', rows[1] ?? '')
  await sync(one)
  await sync(two)
  const card = await onlyCard()
  expect(card).toMatchObject({ kind: 'row', standing: { value: null }, about: '第二家' })
  await settleCard(draft, card, card.others[0]?.value ?? null)
  await sync(two)
  expect(await answer('experience')).toMatchObject([{ where: '第二家' }, { where: '第一家' }])
})
