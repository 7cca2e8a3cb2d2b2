import type { BrowserContext, Page, Route } from '@playwright/test'
import { slotGroup } from './support/fill'
import { begin, expect, signIn, test, untilOfflineReady } from './support/journey'
import { cards, fullSize, realPhoto } from './support/photos'

test('two phones of one person keep up with each other, lose nothing and show what both changed', async ({ page: a, context, browser, baseURL }) => {
  await a.goto('/login')
  await signIn(a, '13900000031')
  await expect(a.getByRole('link', { name: /我的账号/ })).toBeVisible()
  const draft = await begin(a, '企业首席技师')
  const name = (page: Page) => page.getByLabel('姓名', { exact: true })

  // What is typed while the first words are on their way goes after them.
  const { held, release } = await holdBack(a)
  await a.goto(`/apply/${draft}/person`)
  await name(a).fill('陆启明')
  await held
  await name(a).fill('陆启明明')
  await a.getByLabel('民族', { exact: true }).selectOption('回族')
  release()
  await synced(a)

  const other = await browser.newContext({ ...test.info().project.use, baseURL })
  const b = await other.newPage()
  await b.goto('/login')
  await signIn(b, '13900000031')
  await expect(b.getByRole('heading', { name: /企业首席技师（陆启明明）/ })).toBeVisible()
  await b.goto(`/apply/${draft}/person`)
  await expect(name(b)).toHaveValue('陆启明明')
  await expect(b.getByLabel('民族', { exact: true })).toHaveValue('回族')

  await a.goto(`/apply/${draft}/certificates`)
  const licence = (page: Page) => slotGroup(page, '组织机构代码证')
  await licence(a).locator('input[data-from="album"]').setInputFiles(realPhoto('gps.jpg'))
  await expect(cards(licence(a))).toContainText('已同步', { timeout: 30_000 })
  await b.goto(`/apply/${draft}/certificates`)
  await expect(cards(licence(b)).locator('img')).toBeVisible()
  expect(await fullSize(b, cards(licence(b)))).toEqual({ width: 640, height: 480 })

  // Fault 50: a card, which is settled without a network.
  await bothChange(a, b, [context, other], draft)
  const conflict = b.getByRole('region', { name: '姓名有两种写法' })
  await expect(conflict.locator('mark')).toHaveText(['明', '铭'])
  await expect(conflict.getByText('提交前必须选定')).toBeVisible()
  await expect(b.getByRole('status').filter({ hasText: '有 1 处两台设备改得不一样' })).toBeVisible()
  await other.setOffline(true)
  await conflict.getByRole('button', { name: '用这个：陆启铭' }).click()
  await expect(conflict).toBeHidden()
  await expect(b.getByText('已用“陆启铭”')).toBeVisible()
  await other.setOffline(false)
  await synced(b)
  await comeBack(a)
  await expect(name(a)).toHaveValue('陆启铭')
  await other.close()
})

test('fault 5: two tabs of one phone are both live, and both say when it is tried again', async ({ page: a, context }) => {
  await a.goto('/login')
  await signIn(a, '13900000032')
  await expect(a.getByRole('link', { name: /我的账号/ })).toBeVisible()
  const draft = await begin(a, '企业首席技师')
  await a.goto(`/apply/${draft}/person`)
  const b = await context.newPage()
  await b.goto('/outbox')
  await expect(b.getByText('全部已同步。')).toBeVisible({ timeout: 30_000 })

  // What one tab writes, the other one names; what one tab can't send, the other one knows of.
  await context.route('**/api/sync/**', (route) => route.abort())
  await a.getByLabel('姓名', { exact: true }).fill('陆启明')
  await expect(b.getByText('姓名', { exact: true })).toBeVisible()
  await expect(b.getByText(/没有连上服务器/)).toBeVisible({ timeout: 30_000 })
  await expect(b.getByText(/下次自动重试/)).toBeVisible()
  await a.getByRole('link', { name: /详情/ }).click()
  await expect(a.getByText(/下次自动重试/)).toBeVisible()

  // One of them is asked to try at once; both are done.
  await context.unroute('**/api/sync/**')
  await b.getByRole('button', { name: '立即重试' }).click()
  for (const tab of [a, b]) {
    await expect(tab.getByText('全部已同步。')).toBeVisible({ timeout: 30_000 })
    await expect(tab.getByText(/下次自动重试/)).toBeHidden()
  }
})

async function bothChange(a: Page, b: Page, contexts: BrowserContext[], draft: string): Promise<void> {
  for (const page of [a, b]) {
    await page.goto(`/apply/${draft}/person`)
    await untilOfflineReady(page)
  }
  for (const one of contexts) await one.setOffline(true)
  await a.getByLabel('姓名', { exact: true }).fill('陆启明')
  await b.getByLabel('姓名', { exact: true }).fill('陆启铭')
  for (const page of [a, b]) await expect(page.getByRole('status').filter({ hasText: '已存本机' })).toBeVisible()
  await contexts[0]?.setOffline(false)
  await synced(a)
  await contexts[1]?.setOffline(false)
  await b.getByRole('button', { name: '全部步骤' }).click()
}

/** The first batch of edits waits on its way to the server until it is released. */
async function holdBack(page: Page) {
  let arrived = () => {}
  let release = () => {}
  const held = new Promise<void>((resolve) => (arrived = resolve))
  const open = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/api/sync/push', async (route: Route) => {
    if (!(route.request().postData() ?? '').includes('陆启明')) return route.continue()
    arrived()
    await open
    await route.continue()
  })
  return { held, release: () => release() }
}

/** The phone is taken out of the pocket again. */
const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
const synced = (page: Page) => expect(page.getByRole('status').filter({ hasText: '已同步' })).toBeVisible({ timeout: 30_000 })
