import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { slotGroup } from './support/fill'
import { begin, expect, saved, signIn, test, untilOfflineReady } from './support/journey'
import { cards, fullSize, realPhoto } from './support/photos'

const password = '老陈的工具箱2021'
const name = (page: Page) => page.getByLabel('姓名', { exact: true })

async function packed(page: Page, draft: string): Promise<{ name: string; buffer: Buffer }> {
  await page.goto(`/apply/${draft}`)
  await page.getByRole('link', { name: '存一个救援包' }).click()
  await page.getByLabel('设一个密码', { exact: true }).fill(password)
  await page.getByLabel('再输入一遍密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '做救援包' }).click()
  await expect(page.getByRole('heading', { name: '救援包做好了' })).toBeVisible({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存到这台手机' }).click()])
  return { name: download.suggestedFilename(), buffer: await readFile(await download.path()) }
}
async function choose(page: Page, file: { name: string; buffer: Buffer }, typed = password): Promise<void> {
  await page.goto('/rescue')
  await page.locator('input[type=file]').setInputFiles({ ...file, mimeType: 'application/octet-stream' })
  await page.getByLabel('救援包的密码', { exact: true }).fill(typed)
  await page.getByRole('button', { name: '打开看看' }).click()
}

test('a guest saves a draft with its photo as a file, and opens it elsewhere, offline', async ({ page, context, baseURL }) => {
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await name(page).fill('陆启明')
  await saved(page)
  await page.goto(`/apply/${draft}/certificates`)
  await slotGroup(page, '组织机构代码证').locator('input[data-from="album"]').setInputFiles(realPhoto('gps.jpg'))
  await expect(cards(slotGroup(page, '组织机构代码证'))).toHaveCount(1, { timeout: 30_000 })
  await untilOfflineReady(page)
  await context.setOffline(true)
  // Within the app: a phone that is offline doesn't reload it either.
  await page.getByRole('button', { name: '全部步骤' }).click()
  const file = await packed(page, draft)
  expect(file.name).toMatch(/^匠申救援包-企业首席技师-\d{4}-\d\d-\d\d\.jsbak$/)
  expect(file.buffer.includes('陆启明')).toBe(false)

  const other = await context.browser()?.newContext({ ...test.info().project.use, baseURL })
  const phone = await other?.newPage()
  if (!other || !phone) throw new Error('no second phone')
  await phone.goto('/')
  await untilOfflineReady(phone)
  await other.setOffline(true)
  await choose(phone, file, '老陈的工具箱2022')
  await expect(phone.getByRole('alert')).toContainText('密码不对')
  await phone.getByLabel('救援包的密码', { exact: true }).fill(password)
  await phone.getByRole('button', { name: '打开看看' }).click()
  const card = phone.getByRole('region', { name: '里面的草稿' })
  await expect(card).toContainText('企业首席技师（陆启明）')
  await expect(card).toContainText('1 个')
  await card.getByRole('button', { name: '放进来' }).click()
  await phone.waitForURL(`/apply/${draft}`)
  await phone.goto(`/apply/${draft}/certificates`)
  expect(await fullSize(phone, cards(slotGroup(phone, '组织机构代码证')))).toEqual({ width: 640, height: 480 })
  await phone.goto(`/apply/${draft}/person`)
  await expect(name(phone)).toHaveValue('陆启明')

  // A second time it meets itself, and what was written in between stays.
  await name(phone).fill('陆启明明')
  await saved(phone)
  await choose(phone, file)
  await expect(card).toContainText('已经有这份草稿')
  await card.getByRole('button', { name: '合到一起' }).click()
  await phone.waitForURL(`/apply/${draft}`)
  await phone.goto(`/apply/${draft}/person`)
  await expect(name(phone)).toHaveValue('陆启明明')
  await other.close()
})

test('a damaged file, and one of another account, are said to be what they are', async ({ page, context, baseURL }) => {
  await page.goto('/login')
  await signIn(page, '13900000071')
  await expect(page.getByRole('link', { name: /我的账号/ })).toBeVisible()
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await name(page).fill('陆启明')
  await saved(page)
  const file = await packed(page, draft)
  const damaged = Buffer.from(file.buffer)
  damaged[damaged.length - 20] = (damaged[damaged.length - 20] ?? 0) ^ 1

  const other = await context.browser()?.newContext({ ...test.info().project.use, baseURL })
  const phone = await other?.newPage()
  if (!other || !phone) throw new Error('no second phone')
  await choose(phone, { ...file, buffer: damaged })
  await expect(phone.getByRole('alert')).toContainText('不完整或已经损坏')
  await choose(phone, { name: '照片.jpg', buffer: Buffer.from('not a package') })
  await expect(phone.getByRole('alert')).toContainText('不是匠申的救援包')
  await choose(phone, file)
  const card = phone.getByRole('region', { name: '里面的草稿' })
  await expect(card).toContainText('属于账号（139****0071）')
  await expect(card.getByRole('button', { name: '先去登录' })).toBeVisible()
  await card.getByRole('button', { name: '另存成一份新的草稿' }).click()
  await phone.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  expect(phone.url()).not.toContain(draft)
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('（救援包）')
  await other.close()
})
