import { beforeEach, describe, expect, it } from 'vitest'
import ConflictCards from '../../../src/features/apply/ConflictCards.vue'
import SubmitObstacles from '../../../src/features/apply/SubmitObstacles.vue'
import { consent } from '../../../src/data/drafts'
import { addRow, removeRow } from '../../../src/data/rows'
import type { Json } from '../../../src/domain/sync'
import { FakeServer } from '../../support/fakeWire'
import { beginDraft, chen, edit, phoneOf, sync, take, view, type Phone } from '../../data/phones'
import { mounting, press, screenText, shown } from '../mounted'

let server: FakeServer
let one: Phone
let two: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  one = await phoneOf(server)
  draft = await beginDraft()
  await consent(draft, '2021-1')
  await sync()
  two = await phoneOf(server)
  await sync()
})

/** The first phone's values arrive first; afterwards the second one is in the hand. */
async function disagree(answers: Record<string, [Json, Json]>): Promise<void> {
  for (const [phone, i] of [[one, 0], [two, 1]] as const) {
    take(phone)
    for (const [path, values] of Object.entries(answers)) await edit(draft, path, values[i])
  }
  await sync(one)
  server.now += 60_000
  await sync(two)
}
const cards = async () => {
  const found = await mounting(ConflictCards, { view: await view(draft) })
  await shown(() => expect(found.page.findAll('.card').length).toBeGreaterThan(0))
  return found.page
}
const answer = async (name: string) => (await view(draft)).answers[name]

describe('fault 50: the card of an answer that two phones changed', () => {
  it('shows both values side by side, with who and when, and marks the difference', async () => {
    await disagree({ name: ['陆启明', '陆启铭'] })
    const page = await cards()
    const [standing, other] = page.findAll('.value')
    expect([standing?.text(), other?.text()]).toEqual([expect.stringContaining('陆启明'), expect.stringContaining('陆启铭')])
    expect(page.findAll('mark').map((mark) => mark.text())).toEqual(['明', '铭'])
    expect(standing?.text()).toContain(chen.name)
    expect(other?.text()).toContain('4月20日 09:01')
    expect(page.text()).toContain('提交前必须选定')
    expect(page.find('a').attributes('href')).toBe(`/apply/${draft}/person?field=name`)
  })

  it('one tap chooses, and another one turns it round', async () => {
    await disagree({ name: ['陆启明', '陆启铭'] })
    const page = await cards()
    press('用这个：陆启铭')
    await shown(() => expect(page.findAll('.card')).toHaveLength(0))
    expect(await answer('name')).toBe('陆启铭')
    expect(screenText()).toContain('已用“陆启铭”')
    press('换另一个')
    await shown(() => expect(screenText()).not.toContain('换另一个'))
    await shown(async () => expect(await answer('name')).toBe('陆启明'))
  })

  it('another value can be typed, starting with one of them', async () => {
    await disagree({ name: ['陆启明', '陆启铭'] })
    const page = await cards()
    press('改一改：陆启铭')
    await shown(() => expect(page.find('input').exists()).toBe(true))
    expect(page.find('input').element.value).toBe('陆启铭')
    await page.find('input').setValue('陆启茗')
    // Kept while it is typed, and not decided by that.
    await shown(async () => expect(await answer('name')).toBe('陆启茗'))
    expect((await view(draft)).delivery.conflicts).toBe(1)
    await page.find('form').trigger('submit')
    await shown(() => expect(page.findAll('.card')).toHaveLength(0))
    await sync()
    expect(server.value(draft, 'name')).toBe('陆启茗')
    expect(server.drafts.get(draft)?.conflicts).toEqual([])
  })

  it('who thinks better of typing finds what stood before', async () => {
    await disagree({ name: ['陆启明', '陆启铭'] })
    const page = await cards()
    press('改一改：陆启铭')
    await shown(() => expect(page.find('input').exists()).toBe(true))
    await page.find('input').setValue('陆启茗')
    await shown(async () => expect(await answer('name')).toBe('陆启茗'))
    press('不改了，回去选')
    await shown(() => expect(page.findAll('.value')).toHaveLength(2))
    expect(await answer('name')).toBe('陆启明')
  })

  it('covers numbers until their owner wants to compare them', async () => {
    await disagree({ idNumber: ['320214198506159714', '320214198512019714'] })
    const page = await cards()
    expect(page.text()).not.toContain('19850615')
    expect(page.text()).toContain('看着一样，其实不同')
    press('显示完整号码来对照')
    await shown(() => expect(page.text()).toContain('320214198506159714'))
    expect(page.findAll('mark').length).toBeGreaterThan(0)
    press('用这个：320214198512019714')
    await shown(() => expect(page.findAll('.card')).toHaveLength(0))
    expect(screenText()).not.toContain('19851201')
  })

  it('says values in the words of the form', async () => {
    await disagree({
      frontLine: [true, false],
      startedWork: ['2001-07', '2001-09'],
      address: [{ region: '江苏省无锡市新吴区', detail: '春阳路6号' }, { region: '江苏省无锡市滨湖区', detail: '春阳路6号' }],
    })
    const text = (await cards()).text()
    for (const words of ['是', '否', '2001年07月', '2001年09月', '江苏省无锡市滨湖区春阳路6号']) expect(text).toContain(words)
  })
})

describe('the card of a row that was deleted on another device', () => {
  let row: string
  beforeEach(async () => {
    take(one)
    row = await addRow(draft, 'experience', { where: '第一家', witness: '李建国' })
    await sync(one)
    await sync(two)
    take(one)
    await removeRow(draft, 'experience', row)
    await sync(one)
    take(two)
    await edit(draft, `experience/${row}/where`, '第一家（改）')
    await sync(two)
  })

  it('fault 51: says so, with what was written in it, and brings it back', async () => {
    const page = await cards()
    expect(page.text()).toContain('这一行在另一台设备上删掉了')
    expect(page.text()).toContain('第一家（改）')
    press('加回这一行，用改过的内容')
    await shown(() => expect(page.findAll('.card')).toHaveLength(0))
    expect(await answer('experience')).toMatchObject([{ where: '第一家（改）', witness: '李建国' }])
  })

  it('leaves it deleted where its user says so', async () => {
    const page = await cards()
    press('仍然删掉')
    await shown(() => expect(page.findAll('.card')).toHaveLength(0))
    expect(await answer('experience')).toBeUndefined()
  })
})

describe('before a submission', () => {
  it('names those that block and those that only warn, and says what would be submitted', async () => {
    await disagree({ name: ['陆启明', '陆启铭'], fax: ['0510-80000001', '0510-80000002'] })
    const { page } = await mounting(SubmitObstacles, { view: await view(draft) })
    await shown(() => expect(page.find('.must').exists()).toBe(true))
    expect(page.find('.must').text()).toContain('姓名')
    const [, warning] = page.findAll('.list')
    expect(warning?.text()).toContain('传真')
    expect(warning?.text()).toContain('提交的是“现在用的”那一种')
    await shown(() => expect(document.getElementById('conflict-name')).not.toBeNull())
    await page.find('.must a').trigger('click')
    expect(document.activeElement?.id).toBe('conflict-name')
  })
})
