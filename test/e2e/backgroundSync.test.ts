import { randomUUID } from 'node:crypto'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import type { PullReply } from '../../src/domain/sync'
import { begin, expect, saved, signIn, test, untilOfflineReady } from './support/journey'

/** The registration of the service worker and its database's tag, as the browser keeps them. */
async function bellOf(page: Page, cdp: CDPSession): Promise<{ origin: string; registrationId: string; tag: string }> {
  const ids: string[] = []
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    for (const { registrationId, isDeleted } of registrations) if (!isDeleted) ids.push(registrationId)
  })
  await cdp.send('ServiceWorker.enable')
  await expect.poll(() => ids.length).toBeGreaterThan(0)
  const database = await page.evaluate(() => localStorage.getItem('jiangshen-current') ?? 'jiangshen-drafts-first')
  return { origin: new URL(page.url()).origin, registrationId: ids[0] ?? '', tag: `jiangshen-send:${database}` }
}

/** What the server has of a draft, asked as another device of the same account. */
async function served(context: BrowserContext, base: string, draft: string): Promise<Map<string, unknown>> {
  const reply = await context.request.post(`${base}/api/sync/pull`, { data: { device: randomUUID(), client: 1, cursors: {} } })
  const { drafts } = (await reply.json()) as PullReply
  return new Map(drafts.find(({ id }) => id === draft)?.registers.map(({ path, value }) => [path, value]))
}

/** A signed-in phone that has the app, and a name that was typed without a network. */
async function typedOffline(page: Page, phone: string): Promise<string> {
  await page.goto('/login')
  await untilOfflineReady(page)
  await signIn(page, phone)
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await page.context().setOffline(true)
  await page.getByLabel('姓名', { exact: true }).fill('周建国')
  await saved(page)
  return draft
}

test('typed without a network, and the app closed: it is sent when the network is back', async ({ page, context, app }) => {
  const draft = await typedOffline(page, '13900007101')
  const bell = await bellOf(page, await context.newCDPSession(page))
  await page.close()
  await context.setOffline(false)
  expect((await served(context, app.url, draft)).get('name')).toBeUndefined()

  const elsewhere = await context.newPage()
  const cdp = await context.newCDPSession(elsewhere)
  await cdp.send('ServiceWorker.enable')
  await cdp.send('ServiceWorker.dispatchSyncEvent', { ...bell, lastChance: false })
  await expect.poll(async () => (await served(context, app.url, draft)).get('name')).toBe('周建国')

  await elsewhere.goto(`${app.url}/apply/${draft}/person`)
  await expect(elsewhere.getByRole('status').filter({ hasText: '已同步' }).first()).toBeVisible()
  await expect(elsewhere.getByLabel('姓名', { exact: true })).toHaveValue('周建国')
})

test('an open page is asked to send, and says where the answers are', async ({ page, context, app }) => {
  const draft = await typedOffline(page, '13900007102')
  const cdp = await context.newCDPSession(page)
  const bell = await bellOf(page, cdp)
  // Nothing else wakes this page: it believes that it is offline.
  await page.evaluate(() => {
    addEventListener('online', (event) => event.stopImmediatePropagation(), { capture: true })
    const asked: unknown[] = []
    Object.assign(window, { asked })
    navigator.serviceWorker.addEventListener('message', ({ data }) => asked.push(data))
  })
  await context.setOffline(false)
  await cdp.send('ServiceWorker.dispatchSyncEvent', { ...bell, lastChance: false })
  await expect.poll(() => page.evaluate(() => (window as unknown as { asked: { kind: string }[] }).asked.map(({ kind }) => kind))).toContain('send')
  await expect(page.getByRole('status').filter({ hasText: '已同步' }).first()).toBeVisible()
  expect((await served(context, app.url, draft)).get('name')).toBe('周建国')
})
