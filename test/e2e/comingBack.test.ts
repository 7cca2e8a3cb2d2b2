/** A page that was put aside, frozen or cheated by its network comes back: it learns first what happened meanwhile. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import type { PullReply } from '../../src/domain/sync'
import { begin, expect, saved, signIn, test } from './support/journey'

const name = (page: Page) => page.getByLabel('姓名', { exact: true })
const synced = (page: Page) => expect(page.getByRole('status').filter({ hasText: '已同步' }).first()).toBeVisible()

/** A signed-in phone with a name in its draft that the server has. */
async function filledIn(page: Page, phone: string): Promise<string> {
  await page.goto('/login')
  await signIn(page, phone)
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await name(page).fill('周建国')
  await saved(page)
  await synced(page)
  return draft
}

/** Another device of the same person changes the name. */
async function changedElsewhere(context: BrowserContext, base: string, draft: string, value: string): Promise<void> {
  const device = randomUUID()
  const { drafts } = (await (
    await context.request.post(`${base}/api/sync/pull`, { data: { device, client: 1, cursors: {} } })
  ).json()) as PullReply
  const version = drafts.find(({ id }) => id === draft)?.registers.find(({ path }) => path === 'name')?.version ?? 0
  const operation = { seq: 1, draft, path: 'name', value, base: version, at: new Date().toISOString() }
  const reply = await context.request.post(`${base}/api/sync/push`, { data: { device, client: 1, operations: [operation] } })
  expect(await reply.json()).toMatchObject({ verdicts: [{ verdict: 'applied' }] })
}

// Playwright keeps every page in front: it is neither frozen nor put into the browser's cache. What the browser says
// when such a page goes on is said here by the test.
for (const [how, goOn] of [
  ['frozen', () => document.dispatchEvent(new Event('resume'))],
  ['put into the browser’s cache', () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))],
] as const)
  test(`fault 6: a page that was ${how} shows what another device changed as soon as it goes on`, async ({ page, context, app }) => {
    const draft = await filledIn(page, how === 'frozen' ? '13900007201' : '13900007202')
    await changedElsewhere(context, app.url, draft, '周建国强')
    await page.evaluate(goOn)
    await expect(name(page)).toHaveValue('周建国强')
  })

test('fault 16: a portal’s page is no answer: the phone says so, keeps everything, and goes on by itself afterwards', async ({ page }) => {
  const draft = await filledIn(page, '13900007203')
  await page.route('**/api/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: '<html><title>欢迎使用商场免费 Wi-Fi</title></html>' }),
  )
  await name(page).pressSequentially('强')
  await saved(page)
  await page.goto('/me')
  await expect(page.getByText('这个网络需要先登录')).toBeVisible()
  await page.unroute('**/api/**')
  await page.goto(`/apply/${draft}/person`)
  await expect(name(page)).toHaveValue('周建国强')
  await synced(page)
})

test('fault 16: a redirect to the portal’s own address is told from no network at all', async ({ page }) => {
  await filledIn(page, '13900007204')
  await page.route('**/api/**', (route) => route.fulfill({ status: 302, headers: { location: 'http://portal.invalid/login' } }))
  await name(page).pressSequentially('强')
  await saved(page)
  await page.goto('/me')
  await expect(page.getByText('这个网络需要先登录')).toBeVisible()
})

test('fault 20: a browser that says it is offline sends all the same', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false }))
  await filledIn(page, '13900007205')
  await expect(name(page)).toHaveValue('周建国')
})
