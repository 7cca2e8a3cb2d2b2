import { beforeEach, describe, expect, it } from 'vitest'
import { addRow, moveRow, removeRow } from '../../src/data/rows'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, phoneOf, sync, take, view } from './phones'

let draft: string
beforeEach(async () => {
  newPhone(new FakeServer())
  draft = await beginDraft()
})
const places = async (id = draft) =>
  (((await view(id)).answers.experience ?? []) as { where?: string }[]).map(({ where }) => where)
const ids = async (id = draft) => (((await view(id)).answers.experience ?? []) as { id: string }[]).map((row) => row.id)

describe('rows of a table', () => {
  it('are added at the end', async () => {
    await addRow(draft, 'experience', { where: '一' })
    await addRow(draft, 'experience', { where: '二' })
    expect(await places()).toEqual(['一', '二'])
  })

  it('keep the order of quick taps', async () => {
    const added = await Promise.all(['一', '二', '三', '四'].map((where) => addRow(draft, 'experience', { where })))
    expect(await ids()).toEqual(added)
  })

  it('move to any place', async () => {
    const rows = []
    for (const where of ['一', '二', '三']) rows.push(await addRow(draft, 'experience', { where }))
    await moveRow(draft, 'experience', rows[2] ?? '', 0)
    expect(await places()).toEqual(['三', '一', '二'])
    await moveRow(draft, 'experience', rows[2] ?? '', 2)
    expect(await places()).toEqual(['一', '二', '三'])
    await moveRow(draft, 'experience', rows[0] ?? '', 1)
    expect(await places()).toEqual(['二', '一', '三'])
  })

  it('come back where they were, with what was in them', async () => {
    for (const where of ['一', '二', '三']) await addRow(draft, 'experience', { where })
    const undo = await removeRow(draft, 'experience', (await ids())[1] ?? '')
    expect(await places()).toEqual(['一', '三'])
    await undo()
    expect(await places()).toEqual(['一', '二', '三'])
  })

  it('that are removed already stay removed', async () => {
    const row = await addRow(draft, 'experience', { where: '一' })
    await removeRow(draft, 'experience', row)
    await (await removeRow(draft, 'experience', row))()
    expect(await places()).toEqual([])
  })
})

it('rows that two phones added in the same place can still be sorted', async () => {
  const server = new FakeServer()
  const one = await phoneOf(server)
  const shared = await beginDraft()
  await sync()
  const two = await phoneOf(server)
  await sync()
  const [a, b] = ['row-a', 'row-b']
  for (const [on, row] of [[one, a], [two, b]] as const) {
    take(on)
    await edit(shared, `experience/${row}`, { order: 'a0' })
    await edit(shared, `experience/${row}/where`, row)
  }
  await sync(one)
  await sync(two)
  const third = await addRow(shared, 'experience', { where: '后来的' })
  await moveRow(shared, 'experience', third, 1)
  expect(await places(shared)).toEqual(['row-a', '后来的', 'row-b'])
  await sync(two)
  await sync(one)
  expect(await places(shared)).toEqual(['row-a', '后来的', 'row-b'])
})
