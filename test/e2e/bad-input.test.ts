import type { Locator, Page } from '@playwright/test'
import { idNumber, uscc } from '../support/identity'
import { slotGroup } from './support/fill'
import { begin, expect, saved, test } from './support/journey'
import { cards, damaged, fullSize, hugePhoto, realPhoto } from './support/photos'

const openStep = async (page: Page, award: '技能大师工作室' | '企业首席技师', step: string) => {
  await page.goto(`/apply/${await begin(page, award)}/${step}`)
  await expect(page.getByRole('button', { name: '上一步' })).toBeVisible()
}
const field = (place: Page | Locator, label: string) => place.getByLabel(label, { exact: true })
const messageOf = (control: Locator) =>
  control.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  )

test('files that are no usable photos are refused with their reason, and leave the draft as it was', async ({ page }) => {
  await openStep(page, '企业首席技师', 'certificates')
  const group = slotGroup(page, '学历证书')
  const pick = (file: Parameters<Locator['setInputFiles']>[0]) => group.locator('input[data-from="album"]').setInputFiles(file)
  await pick(realPhoto('orientation-6.jpg'))
  await expect(cards(group)).toHaveCount(1, { timeout: 30_000 })

  for (const { file, reason } of damaged()) {
    await pick(file)
    await expect(page.getByText(reason), file.name).toBeVisible({ timeout: 30_000 })
    await expect(cards(group)).toHaveCount(1)
  }

  await pick(realPhoto('corrupted.jpg'))
  await expect(cards(group)).toHaveCount(2, { timeout: 30_000 })
  expect((await fullSize(page, cards(group).nth(1))).width).toBe(2560)
  const huge = await hugePhoto()
  await pick(huge.path)
  await expect(cards(group)).toHaveCount(3, { timeout: 60_000 })
  expect(await fullSize(page, cards(group).nth(2))).toEqual({ width: 640, height: 480 })
  await huge.remove()
  await page.reload()
  await expect(cards(group)).toHaveCount(3)
})

test('wrong dates and check digits are told beside the field and in a summary that leads to it', async ({ page }) => {
  await openStep(page, '技能大师工作室', 'studio')
  await field(page, '工作室成立时间').fill('2016-02-30')
  await page.getByRole('button', { name: '下一步' }).click()
  await expect(page.getByRole('alert')).toContainText('工作室成立时间：没有这一天')
  expect(await messageOf(field(page, '工作室成立时间'))).toContain('没有这一天')
  await field(page, '工作室成立时间').fill('20160520')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.waitForURL(/\/contact$/)

  await page.goto(page.url().replace(/contact$/, 'unit'))
  const right = uscc()
  await field(page, '统一社会信用代码').fill(right.slice(0, -1) + (right.endsWith('0') ? '1' : '0'))
  await page.getByRole('button', { name: '下一步' }).click()
  const summary = page.getByRole('alert')
  await expect(summary).toContainText('统一社会信用代码：统一社会信用代码对不上')
  await expect(summary).toBeInViewport()
  await summary.getByRole('link').click()
  await expect(field(page, '统一社会信用代码')).toBeFocused()
  await clearOfBars(page, field(page, '统一社会信用代码'))
})

test('an ID number with a wrong last digit is found from the check page, and mended from there', async ({ page }) => {
  await openStep(page, '企业首席技师', 'person')
  const right = idNumber('1985-03-12', '男')
  await field(page, '身份证号码').fill(right.slice(0, -1) + (right.endsWith('1') ? '2' : '1'))
  await saved(page)
  await page.goto(page.url().replace(/person$/, 'review'))
  await page.getByRole('link', { name: /身份证号码：身份证号码最后一位对不上/ }).click()
  await expect(field(page, '身份证号码')).toBeFocused()
  await clearOfBars(page, field(page, '身份证号码'))
  await field(page, '身份证号码').fill(right)
  await page.getByRole('button', { name: '回到检查' }).click()
  await expect(page.getByRole('link', { name: /^姓名：/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /身份证号码/ })).toBeHidden()
})

test('whatever is typed or pasted is kept, and numbers lose their blanks and full-width digits', async ({ page }) => {
  await openStep(page, '企业首席技师', 'person')
  const name = '陈😀志𠮷远'
  await field(page, '姓名').fill(name)
  const id = idNumber('1985-03-12', '男')
  await field(page, '身份证号码').fill(` ${fullWidth(id.slice(0, 6))} ${id.slice(6, 14)} ${fullWidth(id.slice(14))} `)
  await field(page, '姓名').focus()
  await page.getByRole('button', { name: '显示' }).click()
  await expect(field(page, '身份证号码')).toHaveValue(id)
  await expect(field(page, '出生日期')).toHaveValue('1985-03-12')
  await saved(page)
  await page.reload()
  await expect(field(page, '姓名')).toHaveValue(name)

  await page.goto(page.url().replace(/person$/, 'achievements'))
  const pasted = '一二三四五六七八九十'.repeat(2000)
  await field(page, '主要业绩').fill(pasted)
  await expect(page.getByText('超出 18000 字')).toBeVisible()
  await saved(page)
  await page.reload()
  await expect(field(page, '主要业绩')).toHaveValue(pasted)
})

test('a row left empty stays, and the check page says what it lacks and leads into it', async ({ page }) => {
  await openStep(page, '企业首席技师', 'skills')
  await page.getByRole('button', { name: '添加一行' }).click()
  await expect(page.getByRole('group', { name: '第1行' })).toBeVisible()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.waitForURL(/\/honours$/)
  await page.goto(page.url().replace(/honours$/, 'review'))
  await expect(page.getByRole('region', { name: '技术特长' })).toContainText('空行')
  await page.getByRole('link', { name: /有何技术特长或技术绝招 第1行：这一行还没有填/ }).click()
  const row = page.getByRole('group', { name: '第1行' })
  await expect(row).toBeFocused()
  await expect(row.getByRole('heading', { name: '第1行' })).toBeInViewport()

  await field(row, '内容').fill('薄壁件高速铣削')
  await page.getByRole('button', { name: '回到检查' }).click()
  await page.getByRole('link', { name: /有何技术特长或技术绝招 第1行 证明人和证明材料/ }).click()
  await expect(field(row, '证明人和证明材料')).toBeFocused()
  await clearOfBars(page, field(row, '证明人和证明材料'))
})

test('a browser that can keep nothing says so before anything is typed', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await page.goto('/')
  await expect(page.getByRole('alert')).toContainText('这个浏览器不能保存草稿')
})

const fullWidth = (text: string) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))

/** The field stands between the bar above and the bar below, as its user sees it. */
async function clearOfBars(page: Page, control: Locator): Promise<void> {
  const edges = () =>
    Promise.all([page.locator('header.bar'), control, page.locator('.actions')].map((one) => one.evaluate((at) => at.getBoundingClientRect().toJSON())))
  await expect
    .poll(async () => {
      const [above, own, below] = await edges()
      return own.top >= above.bottom && own.bottom <= below.top
    })
    .toBe(true)
}
