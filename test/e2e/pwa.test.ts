import type { Page } from '@playwright/test'
import { begin, expect, openSample, saved, submit, test, untilOfflineReady, verified } from './support/journey'
import { cards, realPhoto } from './support/photos'
import { slotGroup } from './support/fill'

interface Manifest {
  name: string
  short_name: string
  lang: string
  display: string
  icons: { src: string; purpose: string }[]
  shortcuts: { name: string; url: string }[]
}

test('the app can be installed: Chinese names, icons that are there, a shortcut to each award', async ({ page, request }) => {
  await page.goto('/')
  const href = await page.locator('link[rel="manifest"]').getAttribute('href')
  const manifest = (await (await request.get(href ?? '')).json()) as Manifest
  expect(manifest).toMatchObject({ short_name: '匠申', lang: 'zh-CN', display: 'standalone' })
  expect(manifest.name).toContain('无锡')
  expect(manifest.icons.map(({ purpose }) => purpose)).toContain('maskable')
  for (const { src } of manifest.icons) expect((await request.get(src)).headers()['content-type']).toMatch(/^image\//)
  for (const { name, url } of manifest.shortcuts) {
    await page.goto(url)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
  }
})

test('from the first visit on everything works without a network', async ({ page, context }) => {
  await page.goto('/')
  await untilOfflineReady(page)
  await context.setOffline(true)
  for (const [path, title] of [['/', '匠申'], ['/check/technician', '资格自查'], ['/me', '设置与存储'], ['/login', '登录'], ['/verify', '核验回执']]) {
    await page.goto(path ?? '')
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title ?? '')
  }
  const draft = await begin(page, '技能大师工作室')
  await page.goto(`/apply/${draft}/premises`)
  const group = slotGroup(page, '工作室状况图片')
  await group.locator('input[data-from="album"]').setInputFiles(realPhoto('gps.jpg'))
  await expect(cards(group)).toContainText('已存本机', { timeout: 30_000 })
  await page.reload()
  await expect(cards(group).locator('img')).toBeVisible()
})

test('a photo shared from another app waits to be told its place, and stands there', async ({ page }) => {
  const draft = await begin(page, '企业首席技师')
  await page.goto('/')
  await untilOfflineReady(page)
  await page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), { method: 'POST', action: '/share', enctype: 'multipart/form-data' })
    form.append(Object.assign(document.createElement('input'), { type: 'file', name: 'photos' }))
    document.body.append(form)
  })
  await page.locator('body > form input').setInputFiles(realPhoto('gps.jpg'))
  await page.evaluate(() => document.querySelector<HTMLFormElement>('body > form')?.submit())
  await page.waitForURL('**/share')
  await expect(page.getByRole('img', { name: '分享来的照片' })).toBeVisible()
  await page.getByLabel('放到哪一项').selectOption('学历证书')
  await page.getByRole('button', { name: '存进草稿' }).click()
  await page.waitForURL(`**/apply/${draft}/certificates`)
  await expect(cards(slotGroup(page, '学历证书')).locator('img')).toBeVisible()
  await page.goto('/share')
  await expect(page.getByText('没有收到照片')).toBeVisible()
})

test('the self-check judges without an account, condition by condition, with reason and clause', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('button', { name: '企业首席技师资格自查' }).click()
  await expect(page.getByLabel('岗位性质')).toBeHidden()
  await page.getByLabel('出生日期', { exact: true }).fill('1985-08-16')
  await page.getByLabel('男', { exact: true }).check()
  await page.getByLabel('职业资格（技能等级）').selectOption('一级（高级技师）')
  await yes(page, '在无锡的企业生产一线直接从事技能工作')
  await page.getByLabel('传绝技、带高徒').check()
  await yes(page, '热爱祖国、遵纪守法、爱岗敬业')
  await page.getByLabel('都没有得过').check()
  await page.getByRole('button', { name: '看结果' }).click()
  const result = page.getByRole('region', { name: '自查结果' })
  await expect(result).toContainText('没有不符合的')
  for (const verdict of await result.getByRole('listitem').all()) await expect(verdict).toContainText(/(符合|待确认).*依据：通知 .+/s)

  await page.getByLabel('出生日期', { exact: true }).fill('1951-08-16')
  await expect(result).toContainText('有不符合的条件')
  await expect(result.getByRole('listitem').filter({ hasText: '年龄' })).toContainText('不符合')
  await page.getByRole('button', { name: '开始申报' }).click()
  await page.waitForURL(/\/apply\//)
})

const yes = (page: Page, question: string) => page.getByRole('radiogroup', { name: question }).getByLabel('是', { exact: true }).check()

test('a draft can be copied, and a deleted one comes back', async ({ page }) => {
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/person`)
  await page.getByLabel('姓名', { exact: true }).fill('陆启明')
  await saved(page)
  await page.goto('/')
  const drafts = page.getByRole('region', { name: '我的草稿' }).getByRole('article')
  await drafts.getByRole('button', { name: '复制一份' }).click()
  await expect(drafts).toHaveCount(2)
  for (const one of await drafts.all()) await expect(one).toContainText('陆启明')

  await drafts.first().getByRole('button', { name: '删除' }).click()
  await page.getByRole('button', { name: '删除草稿' }).click()
  await expect(drafts).toHaveCount(1)
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(drafts).toHaveCount(2)
})

for (const award of ['技能大师工作室', '企业首席技师'] as const)
  test(`the demonstration's ${award} is complete and can be submitted at once`, async ({ page }) => {
    const draft = await openSample(page, award)
    await expect(page.getByRole('img', { name: /已完成的步骤：(\d+) \/ \1$/ })).toBeVisible()
    await page.goto(`/apply/${draft}/review`)
    expect(await verified(page, await submit(page))).toContain('现在有效')
  })
