import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { studioFields } from '../../../src/domain/forms/studio'
import { technicianFields } from '../../../src/domain/forms/technician'
import FormField from '../../../src/ui/fields/FormField.vue'
import RowsField from '../../../src/ui/fields/RowsField.vue'
import { button, labelled } from '../named'

// jsdom has no layout.
Element.prototype.scrollIntoView = vi.fn<() => void>()

const mounted: { unmount: () => void }[] = []
function show(props: Record<string, unknown> = {}) {
  const page = mount(RowsField, { props: { field: studioFields.members, name: 'members', ...props }, attachTo: document.body })
  mounted.push(page)
  return page
}
afterEach(() => {
  for (const page of mounted.splice(0)) page.unmount()
})
const team = () => [
  { id: 'a', name: '吴丽华', age: 41 },
  { id: 'b', name: '蒋国良', age: 52 },
]

it('names each row and finds its fields inside', () => {
  const page = show({ modelValue: team() })
  const [second] = labelled(page, '第2行')
  expect(labelled(page, '大师工作室其他人员')).toHaveLength(1)
  expect([...second!.querySelectorAll('input')].map(({ value }) => value)).toContain('蒋国良')
})

it('tells which cell of which row was changed', () => {
  const page = show({ modelValue: team() })
  const name = labelled(page, '姓名')[1]!
  name.value = '蒋国栋'
  name.dispatchEvent(new Event('input'))
  name.dispatchEvent(new Event('blur'))
  expect(page.emitted('update')).toEqual([['b', 'name', '蒋国栋']])
  expect(page.emitted('blur')).toEqual([['b', 'name']])
})

it('asks the page to add, move and delete by the row’s id', () => {
  const page = show({ modelValue: team() })
  button(page, '添加一行').click()
  const rows = labelled(page, '第2行')
  const tools = [...rows[0]!.querySelectorAll('button')]
  tools.find(({ textContent }) => textContent?.trim() === '上移')!.click()
  tools.find(({ textContent }) => textContent?.trim() === '删除')!.click()
  expect(page.emitted('add')).toHaveLength(1)
  expect(page.emitted('move')).toEqual([['b', -1]])
  expect(page.emitted('remove')).toEqual([['b']])
  expect(tools.find(({ textContent }) => textContent?.trim() === '下移')!.disabled).toBe(true)
})

it('puts the cursor into the row that was just added', async () => {
  const page = show({ modelValue: team() })
  button(page, '添加一行').click()
  await page.setProps({ modelValue: [...team(), { id: 'c' }] })
  await page.vm.$nextTick()
  expect(document.activeElement).toBe(labelled(page, '姓名')[2])
})

it('leaves the cursor alone when another device adds a row', async () => {
  const page = show({ modelValue: team() })
  await page.setProps({ modelValue: [...team(), { id: 'c' }] })
  await page.vm.$nextTick()
  expect(document.activeElement).toBe(document.body)
})

it('draws only the row that changed, though the store builds all of them anew', async () => {
  let updates = 0
  const counting = { ...FormField, updated: () => void updates++ }
  const many = Array.from({ length: 19 }, (_, i) => ({ id: `r${i}`, name: `成员${i}` }))
  const page = mount(RowsField, {
    props: { field: studioFields.members, name: 'members', modelValue: many },
    global: { stubs: { FormField: counting } },
  })
  mounted.push(page)
  updates = 0
  await page.setProps({ modelValue: [...many.map((row) => ({ ...row })), { id: 'new' }] })
  expect(page.findAll('.row')).toHaveLength(20)
  expect(updates).toBeLessThanOrEqual(4)
})

it('shows messages at their cells only', async () => {
  // A number is fetched with its first use.
  show({ modelValue: team() })
  await vi.dynamicImportSettled()
  await flushPromises()
  for (const page of mounted.splice(0)) page.unmount()
  const page = show({ modelValue: team(), errors: { 'members/b/age': '请填写年龄。', employer: '别处' } })
  const invalid = labelled(page, '年龄').map((one) => one.getAttribute('aria-invalid'))
  expect(invalid).toEqual([null, 'true'])
  expect(page.text()).not.toContain('别处')
})

it('says when the table is full', () => {
  const rows = Array.from({ length: 15 }, (_, i) => ({ id: `r${i}` }))
  const page = show({ field: technicianFields.experience, name: 'experience', modelValue: rows })
  expect(button(page, '添加一行').disabled).toBe(true)
  expect(page.text()).toContain('最多 15 行')
})

it('groups the two months of an experience under the annex’s words', () => {
  const rows = [{ id: 'x', from: '1998-09', to: 'now' }]
  const page = show({ field: technicianFields.experience, name: 'experience', modelValue: rows })
  expect(labelled(page, '起止时间')[0]!.querySelectorAll('input')).toHaveLength(2)
})
