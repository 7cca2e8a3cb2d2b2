import { expect, test, type Page } from '@playwright/test'
import { serveDist } from '../../scripts/serveDist.mjs'
import { DATABASE_VERSION } from '../../src/data/database'

let site: Awaited<ReturnType<typeof serveDist>>
test.beforeAll(async () => {
  site = await serveDist()
})
test.afterAll(() => site.close())

const name = (page: Page) => page.getByRole('textbox', { name: '姓名', exact: true })

/** A guest's draft with a name in it; resolves with the step's address. */
async function typing(page: Page): Promise<string> {
  await page.goto(site.url)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
  await page.goto(`${page.url()}/person`)
  await name(page).pressSequentially('周建国')
  return page.url()
}

/** What a newer version of the app does to the phone's database when it is opened in another window. */
const upgradeFrom = (window: Page) =>
  window.evaluate(
    (version) =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('jiangshen-drafts-first', version)
        open.addEventListener('upgradeneeded', () => open.result.createObjectStore('voices'))
        open.addEventListener('success', () => {
          open.result.close()
          resolve()
        })
        open.addEventListener('error', () => reject(open.error ?? new Error('not opened')))
      }),
    (DATABASE_VERSION + 1) * 10,
  )

test('fault 11: a window that another one has upgraded under keeps its last word and asks to be reloaded', async ({ page, context }) => {
  const step = await typing(page)
  const other = await context.newPage()
  // An address that opens no database by itself.
  await other.goto(`${site.url}/manifest.webmanifest`)
  // Younger than the 200 ms after which it would be stored anyway.
  await name(page).pressSequentially('强')
  await upgradeFrom(other)
  await expect(page.getByRole('heading', { name: '请刷新本页' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: '请刷新本页' })).toBeVisible()
  await page.getByRole('button', { name: '刷新' }).click()
  await expect(name(page)).toHaveValue('周建国强')
  expect(page.url()).toBe(step)
})

test('fault 10: with a database from a newer version the app shows everything, changes nothing, and says so', async ({ page, context }) => {
  const step = await typing(page)
  await expect(page.getByRole('status').filter({ hasText: '已存本机' }).first()).toBeVisible()
  await page.close()
  const other = await context.newPage()
  await other.goto(`${site.url}/manifest.webmanifest`)
  await upgradeFrom(other)
  const again = await context.newPage()
  await again.goto(step)
  await expect(again.getByRole('complementary', { name: '版本' })).toContainText('只能查看')
  await expect(name(again)).toHaveValue('周建国')
  await expect(name(again)).toBeDisabled()
  await again.getByRole('link', { name: '导出“企业首席技师”' }).click()
  await expect(again).toHaveURL(/\/apply\/[^/]+\/rescue$/)
  await expect(again.getByRole('heading', { level: 1 })).toBeVisible()
  await again.goto(site.url)
  await expect(again.getByRole('region', { name: '我的草稿' }).getByRole('article')).toHaveCount(1)
})

test('fault 11: the newer window waits for the older one, and says which window to close', async ({ page, context }) => {
  const old = await context.newPage()
  await old.goto(`${site.url}/manifest.webmanifest`)
  // A window of version 1 that doesn't let go.
  await old.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const open = indexedDB.open('jiangshen-drafts-first', 10)
        open.addEventListener('success', () => {
          Object.assign(window, { held: open.result })
          resolve()
        })
      }),
  )
  await page.goto(site.url)
  await expect(page.getByText('请关掉其他窗口')).toBeVisible()
  await old.close()
  await expect(page.getByText('请关掉其他窗口')).toBeHidden()
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
})
