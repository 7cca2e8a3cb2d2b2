import type { Page } from '@playwright/test'
import { expect, openSample, submit, test } from './support/journey'

// The notice itself, an hour before it closes.
test.use({ serverArgs: ['--now', '2021-04-25T23:00:00+08:00'] })

test.beforeEach(async ({ page }) => {
  await page.goto('/demo')
  await setClock(page, '2021-04-25T23:00:00+08:00')
})

const setClock = async (page: Page, now: string) => {
  const { origin } = new URL(page.url())
  expect((await page.request.post('/api/demo/clock', { data: { now }, headers: { origin } })).ok()).toBe(true)
}

test('what arrives in the last minute counts', async ({ page }) => {
  await openSample(page, '技能大师工作室')
  await page.getByRole('button', { name: '检查与提交' }).click()
  await setClock(page, '2021-04-25T23:59:00+08:00')
  await submit(page)
  await expect(page.getByRole('article', { name: '回执' })).toContainText('2021-04-25 23:59')
})

test('what arrives at the closing instant is refused in plain words; the draft stays, and so does its printing', async ({ page }) => {
  await openSample(page, '企业首席技师')
  await page.getByRole('button', { name: '检查与提交' }).click()
  await expect(page.getByText(/还有 \d+ (小时|分钟)/).first()).toBeVisible()
  await setClock(page, '2021-04-26T00:00:00+08:00')
  await page.getByRole('button', { name: '提交申报' }).click()
  const said = page.getByRole('alert').filter({ hasText: '没有提交成功：已经截止' })
  await expect(said).toContainText('草稿仍在本机')
  await expect(page.getByRole('status').filter({ hasText: '已同步' })).toContainText('还没有提交')

  await page.getByRole('button', { name: '打印与下载' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 Word 文件' }).click()
  expect((await downloading).suggestedFilename()).toMatch(/\.docx$/)
})
