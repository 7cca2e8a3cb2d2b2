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

  await bothChange(a, b, [context, other], draft)
  const conflict = b.getByRole('region', { name: '姓名有两种写法' })
  await expect(conflict.getByRole('button', { name: '保留：陆启明' })).toBeVisible()
  await conflict.getByRole('button', { name: '改用：陆启铭' }).click()
  await expect(conflict).toBeHidden()
  await synced(b)
  await comeBack(a)
  await expect(name(a)).toHaveValue('陆启铭')
  await other.close()
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
