import type { Browser, BrowserContext, Page, Route } from '@playwright/test'
import { slotGroup } from './support/fill'
import { begin, expect, saved, signIn, test } from './support/journey'
import { cards, fullSize, realPhoto } from './support/photos'

const name = (page: Page) => page.getByLabel('姓名', { exact: true })

async function anotherPhone(browser: Browser, baseURL: string | undefined): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ ...test.info().project.use, baseURL })
  return { context, page: await context.newPage() }
}
async function filled(page: Page): Promise<string> {
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await name(page).fill('陆启明')
  await saved(page)
  await page.goto(`/apply/${draft}/certificates`)
  await slotGroup(page, '组织机构代码证').locator('input[data-from="album"]').setInputFiles(realPhoto('gps.jpg'))
  await expect(cards(slotGroup(page, '组织机构代码证'))).toHaveCount(1, { timeout: 30_000 })
  return draft
}
async function codeOf(page: Page, draft: string): Promise<string> {
  await page.goto(`/apply/${draft}`)
  await page.getByRole('link', { name: '转到另一台手机或浏览器' }).click()
  await page.getByRole('button', { name: /生成转移码|再试一次/ }).click()
  await expect(page.locator('.signs')).toBeVisible({ timeout: 60_000 })
  return (await page.locator('.signs').textContent()) ?? ''
}
async function type(page: Page, code: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('link', { name: '输入转移码' }).click()
  await page.getByLabel('转移码', { exact: true }).fill(code)
  await page.getByRole('button', { name: '取回草稿' }).click()
}
const card = (page: Page) => page.getByRole('region', { name: '里面的草稿' })

test('a guest in one browser hands a draft to another by typing the code, and is told', async ({ page, browser, baseURL }) => {
  const draft = await filled(page)
  const code = await codeOf(page, draft)
  await expect(page.getByRole('img', { name: /二维码/ })).toBeVisible()
  // A page that Android killed shows the same code again.
  await page.reload()
  await expect(page.locator('.signs')).toHaveText(code)

  const other = await anotherPhone(browser, baseURL)
  await type(other.page, 'ABCD-EFGH-2345')
  await expect(other.page.getByRole('alert')).toContainText('没有找到这个转移码')
  await type(other.page, code.toLowerCase().replaceAll('-', ' '))
  await expect(card(other.page)).toContainText('企业首席技师（陆启明）')
  await card(other.page).getByRole('button', { name: '放进来' }).click()
  await other.page.waitForURL(`/apply/${draft}`)
  await other.page.goto(`/apply/${draft}/certificates`)
  expect(await fullSize(other.page, cards(slotGroup(other.page, '组织机构代码证')))).toEqual({ width: 640, height: 480 })

  await expect(page.getByText('已在另一台上打开')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: '把这里的收进回收站' }).click()
  await page.getByRole('button', { name: '撤销，取回来' }).click()
  await expect(page.getByRole('heading', { name: '企业首席技师' })).toBeVisible()
  expect(page.url()).not.toContain(draft)

  // Once is once.
  const third = await anotherPhone(browser, baseURL)
  await type(third.page, code)
  await expect(third.page.getByRole('alert')).toContainText('已经在另一台手机上打开过')
  for (const { context } of [other, third]) await context.close()
})

test('a scanned code needs no typing, leaves no trace, and waits for signing in', async ({ page, browser, baseURL }) => {
  await page.goto('/login')
  await signIn(page, '13900000072')
  await expect(page.getByRole('link', { name: /我的账号/ })).toBeVisible()
  const draft = await filled(page)
  const code = await codeOf(page, draft)

  const { context, page: phone } = await anotherPhone(browser, baseURL)
  const asked: string[] = []
  phone.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')))
  await phone.goto(`/move#${code}`)
  await expect(card(phone)).toContainText('属于账号（139****0072）')
  expect(phone.url()).not.toContain(code)
  await card(phone).getByRole('button', { name: '先去登录' }).click()
  await signIn(phone, '13900000072')
  await expect(card(phone).getByRole('button', { name: /放进来|合到一起/ })).toBeVisible()
  expect(asked.some((url) => url.split('#')[0]?.includes(code) || url.includes(code.replaceAll('-', '')))).toBe(false)
  await card(phone).getByRole('button', { name: /放进来|合到一起/ }).click()
  await phone.waitForURL(`/apply/${draft}`)
  await phone.goto(`/apply/${draft}/person`)
  await expect(name(phone)).toHaveValue('陆启明')
  await expect(phone.getByRole('status').filter({ hasText: '已同步' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('已在另一台上打开')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: '把这里的收进回收站' })).toBeHidden()
  await context.close()
})

test('fault 12: a line that breaks says so, and a second try succeeds', async ({ page, browser, baseURL }) => {
  const draft = await filled(page)
  await page.route('**/api/handovers', (route: Route) => route.abort('connectionreset'), { times: 1 })
  await page.goto(`/apply/${draft}/move`)
  await page.getByRole('button', { name: '生成转移码' }).click()
  await expect(page.getByRole('alert')).toContainText('网络断开了，没有传完')
  await page.getByRole('button', { name: '再试一次' }).click()
  await expect(page.locator('.signs')).toBeVisible({ timeout: 60_000 })
  const code = (await page.locator('.signs').textContent()) ?? ''

  const { context, page: phone } = await anotherPhone(browser, baseURL)
  await phone.route(/\/api\/handovers\/[0-9a-f]{64}$/, (route: Route) => route.abort('connectionreset'), { times: 1 })
  await type(phone, code)
  await expect(phone.getByRole('alert')).toContainText('网络断开了，没有传完')
  await phone.getByRole('button', { name: '再试一次' }).click()
  await card(phone).getByRole('button', { name: '放进来' }).click()
  await phone.waitForURL(`/apply/${draft}`)
  await context.close()
})

test('a giver who thinks better of it leaves nothing on the server', async ({ page, browser, baseURL }) => {
  const draft = await filled(page)
  const code = await codeOf(page, draft)
  await page.getByRole('button', { name: '不转了，作废这个码' }).click()
  await expect(page.getByRole('button', { name: '生成转移码' })).toBeVisible()
  const { context, page: phone } = await anotherPhone(browser, baseURL)
  await type(phone, code)
  await expect(phone.getByRole('alert')).toContainText(/已经在另一台手机上打开过|没有找到/)
  await context.close()
})
