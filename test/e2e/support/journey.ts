/** `test` with a server per worker: journeys share it, and therefore use accounts of their own. */
import { expect, test as base, type Page } from '@playwright/test'
import { samples } from '../../support/samples'
import { startApp, type RunningApp } from './server'
import { withCode } from './session'

export const test = base.extend<{ app: RunningApp }, { serverArgs: string[]; serverEnv: NodeJS.ProcessEnv; server: RunningApp }>({
  serverArgs: [[], { scope: 'worker', option: true }],
  serverEnv: [{}, { scope: 'worker', option: true }],
  server: [
    async ({ serverArgs, serverEnv }, use) => {
      const app = await startApp(serverArgs, serverEnv)
      await use(app)
      await app.stop()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  app: async ({ server }, use) => use(server),
  baseURL: async ({ server }, use) => use(server.url),
})
export { expect }

/** Begins an application on the start page; resolves with the draft's id. */
export async function begin(page: Page, award: '技能大师工作室' | '企业首席技师'): Promise<string> {
  await page.goto('/')
  await page.getByRole('button', { name: `申报${award}` }).click()
  await page.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  return page.url().split('/').at(-1) ?? ''
}

/** Signs in on the sign-in page and waits until it has gone on: to `/`, or to the question about a guest's drafts. */
export const signIn = (page: Page, phone: string): Promise<void> =>
  withCode(page, phone, async () => {
    await page.getByLabel('手机号', { exact: true }).fill(phone)
    await page.getByRole('button', { name: '获取验证码' }).click()
    const code = await page.locator('.shown b').textContent()
    await page.getByLabel('验证码', { exact: true }).fill(code ?? '')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await expect(page.getByLabel('验证码', { exact: true })).toBeHidden()
  })

/** The service worker controls the page and has everything it needs without a network. */
export async function untilOfflineReady(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
}

/** What is typed is on disk. */
export const saved = (page: Page) => expect(page.getByRole('status').filter({ hasText: /已存本机|已同步|已提交/ }).first()).toBeVisible()

/** Submits from the check page; resolves with the receipt's number. */
export async function submit(page: Page): Promise<string> {
  await page.getByRole('button', { name: '提交申报' }).click()
  await page.waitForURL(/\/receipt/, { timeout: 90_000 })
  await expect(page.locator('.number')).toHaveText(/^WX/)
  return (await page.locator('.number').textContent()) ?? ''
}

/** What the public page says about a receipt. */
export async function verified(page: Page, number: string): Promise<string> {
  await page.goto(`/verify/${number}`)
  await expect(page.getByText('回执是真的')).toBeVisible()
  return (await page.getByRole('status', { name: '核验结果' }).textContent()) ?? ''
}

/** Signs in as the demonstration's applicant and opens the complete application; resolves with the draft's id. */
export async function openSample(page: Page, award: '技能大师工作室' | '企业首席技师'): Promise<string> {
  const phone = samples.find(({ award: id }) => id === (award === '企业首席技师' ? 'technician' : 'studio'))?.phone ?? ''
  await page.goto('/demo')
  await withCode(page, phone, async () => {
    await page.getByRole('article').filter({ hasText: award }).getByRole('button').click()
    await page.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  })
  return page.url().split('/').at(-1) ?? ''
}
