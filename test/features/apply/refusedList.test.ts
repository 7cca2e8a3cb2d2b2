import { beforeEach, describe, expect, it, vi } from 'vitest'
import RefusedList from '../../../src/features/apply/RefusedList.vue'
import SubmitPanel from '../../../src/features/apply/SubmitPanel.vue'
import { call2021 } from '../../../src/domain/calls/2021'
import { consent } from '../../../src/data/drafts'
import { drain } from '../../../src/data/drain'
import { FakeServer, refused } from '../../support/fakeWire'
import { addPhoto, beginDraft, chen, edit, phoneOf, sync, take, view, type Phone } from '../../data/phones'
import { mounting, press, screenText, shown } from '../mounted'

let server: FakeServer
let one: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  one = await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
  await sync()
})
const list = async () => {
  const found = await mounting(RefusedList, { view: await view(draft) })
  await shown(() => expect(found.page.find('.refused').exists()).toBe(true))
  return found
}
async function refuseEmployer(): Promise<void> {
  server.rejectPath = (path) => path === 'employer'
  await edit(draft, 'employer', '甲厂')
  await sync()
}

describe('an answer that the server refused', () => {
  beforeEach(refuseEmployer)

  it('is shown with its reason, what was written and what the server holds', async () => {
    const text = (await list()).page.text()
    for (const words of ['工作单位', '没有修改这一项的权限', '甲厂', '无锡精密', chen.name]) expect(text).toContain(words)
  })

  it('leads to its field', async () => {
    const { router } = await list()
    press('去改')
    await shown(() => expect(router.currentRoute.value.fullPath).toBe(`/apply/${draft}/unit?field=employer`))
  })

  it('is given up only after asking', async () => {
    const { page } = await list()
    press('不要这次修改')
    await shown(() => expect(screenText()).toContain('会换回服务器上的内容'))
    press('先留着')
    expect((await view(draft)).answers.employer).toBe('甲厂')
    press('不要这次修改')
    await shown(() => expect(page.findAll('dialog button').length).toBe(2))
    ;(page.find('dialog button').element as HTMLButtonElement).click()
    await shown(() => expect(page.find('.refused').exists()).toBe(false))
    expect((await view(draft)).answers.employer).toBe('无锡精密')
  })

  it('goes once more when its user asks for it', async () => {
    const { page } = await list()
    server.rejectPath = () => false
    press('再试一次')
    await shown(() => expect(page.find('.refused').exists()).toBe(false))
    await sync()
    expect(server.value(draft, 'employer')).toBe('甲厂')
  })

  it('can be taken away as text, uncovered, onto the clipboard', async () => {
    const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: written }, configurable: true })
    await list()
    press('复制内容')
    await shown(() => expect(screenText()).toContain('已复制'))
    expect(written).toHaveBeenCalledWith('工作单位：甲厂')
    Reflect.deleteProperty(navigator, 'clipboard')
  })

  it('and as a file where the browser has no clipboard', async () => {
    const names: string[] = []
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function note(this: HTMLAnchorElement) {
      names.push(this.download)
    })
    Object.assign(URL, { createObjectURL: () => 'blob:text', revokeObjectURL: () => undefined })
    await list()
    press('复制内容')
    await shown(() => expect(screenText()).toContain('已存成文本文件'))
    expect(names).toEqual(['工作单位.txt'])
    click.mockRestore()
  })

  it('keeps the draft from being submitted, and nothing else', async () => {
    await consent(draft, '2021-1')
    const { page } = await mounting(SubmitPanel, { view: await view(draft), call: call2021, ready: true, blocking: [] })
    await shown(() => expect(page.find('.refused').exists()).toBe(true))
    await (page.vm as unknown as { submit(): Promise<void> }).submit()
    await shown(() => expect(page.text()).toContain('尚未提交：有 1 处服务器没有接受'))
    expect(server.requests.some(({ call }) => call === 'submit')).toBe(false)
  })
})

it('a file that the server refused is shown with the reason, and can be tried again or removed', async () => {
  await addPhoto(draft, 'licence', '营业执照')
  server.failUpload = () => refused(415, 'unsupported', '这不是照片')
  await drain()
  const { page, router } = await list()
  expect(page.text()).toContain('组织机构代码证 第 1 张')
  expect(page.text()).toContain('这不是照片')
  press('去重拍或换一个')
  await shown(() => expect(router.currentRoute.value.query.field).toBe('licence'))
  press('移除')
  await shown(() => expect(page.find('.refused').exists()).toBe(false))
  press('撤销')
  await shown(() => expect(page.find('.refused').exists()).toBe(true))
  server.failUpload = () => null
  press('再试一次')
  await shown(() => expect(page.find('.refused').exists()).toBe(false))
  await sync()
  expect((await view(draft)).delivery.unconfirmed).toBe(0)
})

it('a draft that the server refuses as a whole can go on as a copy', async () => {
  draft = await beginDraft()
  await edit(draft, 'employer', '甲厂')
  server.rejectPath = (path) => path === '$draft'
  await sync()
  const { router } = await list()
  expect(screenText()).toContain('服务器没有接受这份草稿')
  server.rejectPath = () => false
  press('复制成一份新的')
  await shown(() => expect(router.currentRoute.value.name).toBe('tasks'))
  const copy = String(router.currentRoute.value.params.draft)
  expect((await view(copy)).answers.employer).toBe('甲厂')
  await sync()
  expect(server.value(copy, 'employer')).toBe('甲厂')
})

it('fault 50: two values of what says who applies keep the draft from being submitted, also without a network', async () => {
  await consent(draft, '2021-1')
  const two = await phoneOf(server)
  await sync()
  await edit(draft, 'employer', '乙厂')
  await sync(two)
  take(one)
  await edit(draft, 'employer', '甲厂')
  await sync(one)
  const asked = server.requests.length
  const { page } = await mounting(SubmitPanel, { view: await view(draft), call: call2021, ready: true, blocking: [] })
  await shown(() => expect(page.find('.must').exists()).toBe(true))
  await (page.vm as unknown as { submit(): Promise<void> }).submit()
  await shown(() => expect(page.text()).toContain('尚未提交：有 1 处两台设备改得不一样'))
  expect(server.requests.length).toBe(asked)
})
