import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import UploadPlan from '../../src/ui/UploadPlan.vue'

const MB = 1048576
const shown = (props: Partial<InstanceType<typeof UploadPlan>['$props']>) =>
  mount(UploadPlan, { props: { bytesLeft: 38 * MB, minutes: null, inTime: null, question: null, ...props } })

it.each([
  ['before anything was measured', { minutes: null }, '还有 38 MB'],
  ['on a mobile line', { minutes: 11.07 }, '还有 38 MB，约 11 分钟'],
  ['nearly done', { minutes: 0.4, bytesLeft: 0.3 * MB }, '还有 不到 1 MB，不到 1 分钟'],
  ['on a very slow line', { minutes: 200 }, '约 3 小时'],
])('says how much is left and how long it takes: %s', (_, props, words) => {
  expect(shown(props).text()).toContain(words)
})

it('says plainly that it will not be done before the closing date, and what helps', () => {
  expect(shown({ minutes: 200, inTime: false }).text()).toMatch(/截止前传不完.*Wi-Fi/)
  expect(shown({ minutes: 2, inTime: true }).text()).not.toContain('截止')
})

it('asks on a line that is paid for, and can be asked for after it was put off', async () => {
  const page = shown({ question: 'ask' })
  expect(page.text()).toContain('现在是流量，还有 38 MB 照片没有传')
  for (const button of page.findAll('button')) await button.trigger('click')
  expect(page.emitted('choose')).toEqual([['now'], ['later']])
  await page.setProps({ question: 'later' })
  expect(page.findAll('button').map((button) => button.text())).toEqual(['现在传'])
})
