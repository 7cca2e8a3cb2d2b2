import type { Page } from '@playwright/test'
import { begin, expect, saved, signIn, test, untilOfflineReady } from './support/journey'

const PIN = '271828'
const name = (page: Page) => page.getByLabel('姓名', { exact: true })
const pinField = (page: Page) => page.getByLabel('应用锁密码', { exact: true })
async function unlock(page: Page, pin = PIN) {
  await pinField(page).fill(pin)
  await page.getByRole('button', { name: '解锁' }).click()
}

/** Whether these words stand anywhere in the browser's databases, read past the app. */
const stored = (page: Page, words: string): Promise<boolean> =>
  page.evaluate(async (wanted) => {
    const wait = <T>(request: IDBRequest<T>) => new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)))
    const decode = (value: unknown): string => {
      if (typeof value === 'string') return value
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
      return typeof value === 'object' && value !== null ? Object.values(value).map(decode).join(' ') : ''
    }
    for (const { name: database } of await indexedDB.databases()) {
      const db = await wait(indexedDB.open(database ?? ''))
      for (const table of db.objectStoreNames)
        if (decode(await wait(db.transaction(table).objectStore(table).getAll())).includes(wanted)) return true
      db.close()
    }
    return false
  }, words)

test('a PIN is set, locks, opens without a network, takes what is typed, and refuses a wrong one', async ({ page, context }) => {
  await page.goto('/login')
  await signIn(page, '13900000052')
  const draft = await begin(page, '企业首席技师')
  await untilOfflineReady(page)
  await page.goto(`/apply/${draft}/person`)
  await name(page).fill('陆启明')
  await name(page).blur()
  await saved(page)
  expect(await stored(page, '陆启明')).toBe(true)

  await page.goto('/me')
  await page.getByRole('link', { name: /应用锁/ }).click()
  await page.getByLabel('新密码', { exact: true }).fill(PIN)
  await page.getByLabel('再输一遍', { exact: true }).fill(PIN)
  await page.getByRole('button', { name: '设好并加密' }).click()
  await expect(page.getByText('应用锁已设好，草稿和照片都已加密。')).toBeVisible()
  expect(await stored(page, '陆启明')).toBe(false)
  await page.getByRole('button', { name: '立即锁上' }).click()
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible()

  await context.setOffline(true)
  // A deep link stands before the lock, and behind it again.
  await page.goto(`/apply/${draft}/person`)
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible()
  await expect(name(page)).toBeHidden()
  await unlock(page, '000001')
  await expect(page.getByText('还可以试 9 次')).toBeVisible()
  await unlock(page)
  await expect(name(page)).toHaveValue('陆启明')
  await name(page).fill('陆启明二')
  await name(page).blur()
  await saved(page)
  await page.reload()
  await expect(page.getByText(/处没有同步。已锁定，解锁后自动发送。/)).toBeVisible()
  expect(await stored(page, '陆启明')).toBe(false)

  await context.setOffline(false)
  await unlock(page)
  await expect(name(page)).toHaveValue('陆启明二')
  await expect(page.getByRole('status').filter({ hasText: '已同步' })).toBeVisible({ timeout: 30_000 })

  // Forgotten: the session is fresh, so that the key comes back at once.
  await page.reload()
  await page.getByRole('button', { name: '忘记密码' }).click()
  await page.getByLabel('新密码', { exact: true }).fill('314159')
  await page.getByLabel('再输一遍', { exact: true }).fill('314159')
  await page.getByRole('button', { name: '换成新密码并解锁' }).click()
  await expect(name(page)).toHaveValue('陆启明二')
})
