import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import AppButton from '../../src/ui/AppButton.vue'
import AppPage from '../../src/ui/AppPage.vue'
import ConfirmSheet from '../../src/ui/ConfirmSheet.vue'
import ErrorSummary from '../../src/ui/ErrorSummary.vue'
import FormField from '../../src/ui/fields/FormField.vue'
import { fieldId } from '../../src/ui/fields/fieldId'
import StateLine from '../../src/ui/StateLine.vue'
import { button } from './named'

// jsdom has neither layout nor modal dialogs.
Element.prototype.scrollIntoView = vi.fn<() => void>()
HTMLDialogElement.prototype.showModal = function open() {
  this.open = true
}
HTMLDialogElement.prototype.close = function shut() {
  this.open = false
}

const mounted: { unmount: () => void }[] = []
const keep = <P extends { unmount: () => void }>(page: P): P => {
  mounted.push(page)
  return page
}
afterEach(() => {
  for (const page of mounted.splice(0)) page.unmount()
})

it('leads from the summary into the field', async () => {
  const field = { kind: 'choice', label: '申报方式', options: [{ value: 'a', label: '单位推荐' }] } as const
  keep(mount(FormField, { props: { field, name: 'channel' }, attachTo: document.body }))
  const entry = { id: fieldId('channel'), label: '申报方式', message: '请选择。' }
  const summary = keep(mount(ErrorSummary, { props: { entries: [entry] }, attachTo: document.body }))
  await summary.find('a').trigger('click')
  expect(document.activeElement).toBe(document.querySelector('input[type=radio]'))
  expect(summary.emitted('jump')).toBeUndefined()
})

it('leaves a field of another screen to the page', async () => {
  const entry = { id: fieldId('members/r1/age'), label: '年龄', message: '请填写年龄。' }
  const summary = keep(mount(ErrorSummary, { props: { entries: [entry] }, attachTo: document.body }))
  await summary.find('a').trigger('click')
  expect(summary.emitted('jump')).toEqual([[entry]])
})

it.each([
  ['saved', '已存本机'],
  ['synced', '已同步'],
  ['submitted', '已提交（回执号 WX-1）'],
  ['unsaved', '没有存上'],
] as const)('says %s as %s, aloud too', (state, words) => {
  const line = keep(mount(StateLine, { props: { state, receipt: 'WX-1' } }))
  expect(line.text()).toBe(words)
  expect(line.attributes('aria-live')).toBe('polite')
})

it('never shows a receipt for what was only synced', () => {
  expect(keep(mount(StateLine, { props: { state: 'synced', receipt: 'WX-1' } })).text()).not.toContain('WX-1')
})

it('asks with words that say what happens, and answers once', async () => {
  const sheet = keep(mount(ConfirmSheet, { attachTo: document.body }))
  const question = { title: '删除这份草稿？', yes: '删除草稿', no: '留着', danger: true }
  const first = sheet.vm.ask(question)
  await sheet.vm.$nextTick()
  button(sheet, '留着').click()
  expect(await first).toBe(false)
  const second = sheet.vm.ask(question)
  await sheet.vm.$nextTick()
  button(sheet, '删除草稿').click()
  expect(await second).toBe(true)
})

it('takes Escape and the back gesture for no', async () => {
  const sheet = keep(mount(ConfirmSheet, { attachTo: document.body }))
  const answer = sheet.vm.ask({ title: '删除？', yes: '删除', no: '留着' })
  await sheet.vm.$nextTick()
  await sheet.find('dialog').trigger('cancel')
  expect(await answer).toBe(false)
})

it('swallows the second tap of an impatient thumb', async () => {
  const submit = keep(mount(AppButton, { props: { busy: true }, slots: { default: '提交申报' } }))
  await submit.trigger('click')
  expect(submit.emitted('click')).toBeUndefined()
  await submit.setProps({ busy: false })
  await submit.trigger('click')
  expect(submit.emitted('click')).toHaveLength(1)
})

it('gives a page one heading and a way back, unless it is the first', async () => {
  const page = keep(mount(AppPage, { props: { title: '领办人' } }))
  expect(page.findAll('h1').map((one) => one.text())).toEqual(['领办人'])
  await page.find('button').trigger('click')
  expect(page.emitted('back')).toHaveLength(1)
  await page.setProps({ back: false })
  expect(page.find('button').exists()).toBe(false)
})
