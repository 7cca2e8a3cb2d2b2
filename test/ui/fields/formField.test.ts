import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { formOf } from '../../../src/domain/forms'
import type { Field, Fields } from '../../../src/domain/forms/kinds'
import FormField from '../../../src/ui/fields/FormField.vue'
import { button, descriptionOf, labelled } from '../named'

const mounted: { unmount: () => void }[] = []
function show(field: Field, props: Record<string, unknown> = {}) {
  const page = mount(FormField, { props: { field, name: 'here', ...props }, attachTo: document.body })
  mounted.push(page)
  return page
}
const sent = (page: ReturnType<typeof show>) => page.emitted('update:modelValue')?.map(([value]) => value) ?? []
async function type(page: ReturnType<typeof show>, control: HTMLInputElement | HTMLTextAreaElement, text: string) {
  control.focus()
  control.value = text
  control.dispatchEvent(new Event('input'))
  await page.setProps({ modelValue: sent(page).at(-1) })
}
async function leave(page: ReturnType<typeof show>) {
  ;(document.activeElement as HTMLElement).blur()
  if (sent(page).length > 0) await page.setProps({ modelValue: sent(page).at(-1) })
  await page.vm.$nextTick()
}
function clear() {
  for (const page of mounted.splice(0)) page.unmount()
}
afterEach(clear)

// Some kinds are fetched with their first use; from then on they are drawn at once.
beforeAll(async () => {
  for (const field of new Map(plain(formOf('studio').fields).map(([, one]) => [one.kind, one])).values()) show(field)
  await vi.dynamicImportSettled()
  await flushPromises()
  clear()
})

const plain = (fields: Fields): [string, Field][] =>
  Object.values(fields).flatMap((field) =>
    field.kind === 'rows' ? plain(field.columns) : field.kind === 'photos' ? [] : [[field.label, field] as [string, Field]],
  )

describe.each(['studio', 'technician'] as const)('every field of the form %s', (award) => {
  it.each(plain(formOf(award).fields))('%s is found by exactly the words of the annex', (label, field) => {
    const page = show(field)
    expect(labelled(page, label)).toHaveLength(1)
  })
})

describe('a text', () => {
  const field = { kind: 'text', label: '姓名', help: '与身份证一致。', required: true, max: 30 } as const

  it('is handed on at once as typed, and tidied when the field is left', async () => {
    const page = show(field)
    await type(page, labelled(page, '姓名')[0]!, ' 陈志远 ')
    expect(sent(page)).toEqual([' 陈志远 '])
    await leave(page)
    expect(sent(page)).toEqual([' 陈志远 ', '陈志远'])
    expect(labelled(page, '姓名')[0]!.value).toBe('陈志远')
    expect(page.emitted('blur')).toHaveLength(1)
  })

  it('keeps what is being typed when an older save comes back', async () => {
    const page = show(field, { modelValue: '' })
    const control = labelled(page, '姓名')[0]!
    await type(page, control, '陈')
    await type(page, control, '陈志')
    await page.setProps({ modelValue: '陈' })
    expect(control.value).toBe('陈志')
  })

  it('shows what another device wrote while nobody types here', async () => {
    const page = show(field, { modelValue: '陈' })
    await page.setProps({ modelValue: '周砚秋' })
    expect(labelled(page, '姓名')[0]!.value).toBe('周砚秋')
  })

  it('tells help and error to a screen reader beside the name, not in it', async () => {
    const page = show(field, { error: '请填写姓名。' })
    const control = labelled(page, '姓名')[0]!
    expect(descriptionOf(control)).toBe('与身份证一致。 请填写姓名。')
    expect(control.getAttribute('aria-invalid')).toBe('true')
    expect(control.required || control.getAttribute('aria-required')).toBe('true')
  })

  it('says 选填 for what may stay empty', () => {
    const page = show({ kind: 'qq', label: 'QQ号' })
    expect(descriptionOf(labelled(page, 'QQ号')[0]!)).toBe('选填')
  })
})

describe('numbers and dates', () => {
  it('makes a number of full-width digits with their unit, and keeps words as words', async () => {
    const page = show({ kind: 'number', label: '年龄', unit: '岁' })
    const control = labelled(page, '年龄')[0]!
    await type(page, control, '４１岁')
    await leave(page)
    expect(sent(page).at(-1)).toBe(41)
    await type(page, control, '四十一')
    await leave(page)
    expect(sent(page).at(-1)).toBe('四十一')
    expect(control.value).toBe('四十一')
  })

  it.each([
    ['20160520', '2016-05-20'],
    ['2016年5月20日', '2016-05-20'],
    ['二零一六', '二零一六'],
  ])('reads the date %s as %s', async (typed, kept) => {
    const page = show({ kind: 'date', label: '工作室成立时间' })
    await type(page, labelled(page, '工作室成立时间')[0]!, typed)
    await leave(page)
    expect(sent(page).at(-1)).toBe(kept)
  })

  it('switches an open month to 至今 and back', async () => {
    const page = show({ kind: 'month', label: '结束年月', open: true })
    button(page, '至今').click()
    await page.setProps({ modelValue: sent(page).at(-1) })
    expect(sent(page)).toEqual(['now'])
    expect(labelled(page, '结束年月')[0]!.value).toBe('至今')
    button(page, '至今').click()
    expect(sent(page).at(-1)).toBe('')
  })

  it('also takes 至今 as typed words', async () => {
    const page = show({ kind: 'month', label: '结束年月', open: true })
    await type(page, labelled(page, '结束年月')[0]!, '至今')
    expect(sent(page)).toEqual(['now'])
  })
})

describe('an ID number', () => {
  const field = { kind: 'idNumber', label: '身份证号', sensitive: 'id', required: true } as const
  const number = '11010519491231002X'

  it('is masked for who looks over the shoulder, and whole while it is edited', async () => {
    const page = show(field, { modelValue: number })
    const control = labelled(page, '身份证号')[0]!
    expect(control.value).toBe('11010519******002X')
    control.focus()
    await flushPromises()
    expect(control.value).toBe(number)
    expect(page.text()).toContain('110105 19491231 002X')
    await leave(page)
    expect(control.value).toBe('11010519******002X')
    expect(sent(page)).toEqual([])
  })

  it('is replaced as a whole by who selects all of it', async () => {
    const page = show(field, { modelValue: number })
    const control = labelled(page, '身份证号')[0]!
    control.select()
    control.focus()
    await flushPromises()
    expect(control.value).toBe(number)
    expect([control.selectionStart, control.selectionEnd]).toEqual([0, 18])
  })

  it('is shown on demand', async () => {
    const page = show(field, { modelValue: number })
    button(page, '显示').click()
    await page.vm.$nextTick()
    expect(labelled(page, '身份证号')[0]!.value).toBe(number)
    button(page, '隐藏').click()
    await page.vm.$nextTick()
    expect(labelled(page, '身份证号')[0]!.value).not.toBe(number)
  })

  it('never takes its own mask for an answer', async () => {
    const page = show(field, { modelValue: number })
    labelled(page, '身份证号')[0]!.dispatchEvent(new Event('input'))
    expect(sent(page)).toEqual([])
  })

  it('loses pasted blanks and full-width digits', async () => {
    const page = show(field)
    await type(page, labelled(page, '身份证号')[0]!, '１１０１０５ 19491231 002x')
    await leave(page)
    expect(sent(page).at(-1)).toBe(number)
  })
})

describe('a long text', () => {
  const field = { kind: 'longText', label: '主要业绩', max: 10 } as const

  it('counts when typing pauses, says what is over, and cuts nothing', async () => {
    vi.useFakeTimers()
    const page = show(field)
    expect(page.text()).toContain('还可写 10 字')
    const control = labelled<HTMLTextAreaElement>(page, '主要业绩')[0]!
    await type(page, control, '一二三四五六七八九十十一')
    vi.runAllTimers()
    await page.vm.$nextTick()
    vi.useRealTimers()
    expect(page.text()).toContain('超出 2 字')
    expect(sent(page).at(-1)).toHaveLength(12)
  })
})

describe('choices', () => {
  const sort = {
    kind: 'choice',
    label: '单位性质',
    options: [
      { value: 'a', label: '企业' },
      { value: 'b', label: '其他', hint: '机关等' },
    ],
  } as const

  it('stand open as radios that are found by their words', async () => {
    const page = show(sort, { modelValue: 'a' })
    expect(labelled(page, '单位性质')[0]!.getAttribute('role')).toBe('radiogroup')
    expect(labelled(page, '企业')[0]!.checked).toBe(true)
    labelled(page, '其他')[0]!.click()
    expect(sent(page)).toEqual(['b'])
    expect(descriptionOf(labelled(page, '其他')[0]!)).toBe('机关等')
  })

  it('are a list when there are many, and keep a value that the list no longer has', () => {
    const options = Array.from({ length: 9 }, (_, i) => ({ value: `v${i}`, label: `第${i}项` }))
    const page = show({ kind: 'choice', label: '民族', options }, { modelValue: '旧称' })
    const list = labelled<HTMLSelectElement>(page, '民族')[0]!
    expect(list.tagName).toBe('SELECT')
    expect(list.value).toBe('旧称')
    list.value = 'v3'
    list.dispatchEvent(new Event('change'))
    expect(sent(page)).toEqual(['v3'])
  })

  it('let 以上都没有 and the others exclude each other', async () => {
    const { titlesHeld } = formOf('studio').fields
    const page = show(titlesHeld!, { modelValue: ['studio', 'technician'] })
    labelled(page, '以上都没有')[0]!.click()
    expect(sent(page)).toEqual([['none']])
    await page.setProps({ modelValue: ['none'] })
    labelled(page, '无锡市企业首席技师')[0]!.click()
    expect(sent(page).at(-1)).toEqual(['technician'])
  })

  it('answer neither 是 nor 否 by themselves', () => {
    const page = show({ kind: 'yesNo', label: '是否校企合作共建' })
    expect(labelled(page, '是')[0]!.checked).toBe(false)
    expect(labelled(page, '否')[0]!.checked).toBe(false)
    labelled(page, '否')[0]!.click()
    expect(sent(page)).toEqual([false])
  })
})

describe('the rest', () => {
  it('agrees to a declaration whose whole text is read out', () => {
    const page = show({ kind: 'declaration', label: '健康声明', text: '本人身体健康。' })
    const box = labelled(page, '健康声明')[0]!
    expect(descriptionOf(box)).toContain('本人身体健康。')
    box.click()
    expect(sent(page)).toEqual([true])
  })

  it('gives an address its region and its detail', async () => {
    const page = show({ kind: 'address', label: '通讯地址' })
    const region = labelled<HTMLSelectElement>(page, '所在地区')[0]!
    region.value = '江苏省无锡市新吴区'
    region.dispatchEvent(new Event('change'))
    await page.setProps({ modelValue: sent(page).at(-1) })
    await type(page, labelled(page, '通讯地址')[0]!, '旺庄街道某某路 6 号')
    expect(sent(page).at(-1)).toEqual({ region: '江苏省无锡市新吴区', detail: '旺庄街道某某路 6 号' })
  })

  it('shows what is computed, and what it waits for', async () => {
    const field = { kind: 'derived', label: '性别', from: () => '', waiting: '填写身份证号后自动得出' } as const
    const page = show(field)
    const control = labelled(page, '性别')[0]!
    expect(control.placeholder).toBe('填写身份证号后自动得出')
    expect(control.readOnly).toBe(true)
    await page.setProps({ modelValue: '女' })
    expect(control.value).toBe('女')
  })
})
