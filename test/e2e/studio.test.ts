import type { Locator, Page } from '@playwright/test'
import type { ServerInfo } from '../../src/domain/api'
import { samples } from '../support/samples'
import { addFile, fillForm, picked, type Instead } from './support/fill'
import { begin, expect, saved, signIn, submit, test, verified } from './support/journey'
import { cards, fullSize, realPhoto } from './support/photos'

const sample = samples.find(({ award }) => award === 'studio')
if (!sample) throw new Error('No sample')

test('a studio is applied for with photos of real cameras, submitted, changed, submitted again and withdrawn', async ({ page }) => {
  const { call } = (await (await page.request.get('/api/call')).json()) as ServerInfo
  await page.goto('/login')
  await signIn(page, '13900000021')
  await expect(page.getByRole('link', { name: /我的账号/ })).toBeVisible()

  const draft = await begin(page, '技能大师工作室')
  await page.getByRole('button', { name: '开始填写' }).click()
  await fillForm(page, sample, call, photographs(page))
  await page.getByRole('checkbox', { name: /我已阅读，同意/ }).check()
  await page.getByRole('button', { name: '同意并继续' }).click()
  const first = await submit(page)
  expect(await verified(page, first)).toContain('现在有效')

  await page.goto(`/apply/${draft}/contact`)
  await page.getByLabel('联系人', { exact: true }).fill('办公室 沈若谷')
  await expect(page.getByRole('status').filter({ hasText: `已提交（回执号 ${first}）` })).toContainText('之后的修改还没有提交')
  await saved(page)
  expect(await verified(page, first), 'what was submitted stands').toContain('现在有效')

  await page.goto(`/apply/${draft}/review`)
  const second = await submit(page)
  expect(second).not.toBe(first)
  await expect(page.getByRole('region', { name: '以前的回执' })).toContainText(first)
  expect(await verified(page, first)).toContain('已被后来提交的一份代替')
  expect(await verified(page, second)).toContain('现在有效')

  await page.goto(`/apply/${draft}/receipt`)
  await page.getByRole('button', { name: '撤回', exact: true }).click()
  await page.getByRole('button', { name: '撤回申报' }).click()
  await expect(page.getByText('现在没有已提交的申报')).toBeVisible()
  expect(await verified(page, second)).toContain('申报人已撤回')
  await page.goto(`/apply/${draft}`)
  await expect(page.getByRole('status').filter({ hasText: '已同步' })).toContainText('还没有提交')
})

/** The slots that this journey fills with its own hands. */
const photographs = (page: Page): Instead => ({
  async premises(group) {
    await takeFromShotList(page, '工作室全景', 'nokia-8.3.jpg')
    await takeFromShotList(page, '大门和铭牌', 'iphone-hdr.jpg')
    await addFile(group, realPhoto('iphone.heic'), 3)
    expect(await fullSize(page, cards(group).nth(0))).toEqual({ width: 2560, height: 1098 })
    const heic = await fullSize(page, cards(group).nth(2))

    await cards(group).nth(2).getByRole('button', { name: '旋转' }).click()
    await expect.poll(() => fullSize(page, cards(group).nth(2))).toEqual({ width: heic.height, height: heic.width })

    await cards(group).nth(1).getByRole('button', { name: '裁剪' }).click()
    const crop = page.getByRole('group', { name: '裁剪' })
    await crop.getByRole('button', { name: '框小些' }).click()
    await crop.getByRole('button', { name: '就用这一块' }).click()
    await expect(crop).toBeHidden()
    expect((await fullSize(page, cards(group).nth(1))).width).toBeLessThan(2560)

    await cards(group).nth(2).getByRole('button', { name: '前移' }).click()
    await expect(cards(group).nth(1)).toContainText('第2张')
    await cards(group).nth(0).getByRole('button', { name: '删除' }).click()
    await expect(cards(group)).toHaveCount(2)
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(cards(group)).toHaveCount(3)
    await expect(cards(group).nth(0)).toContainText('工作室全景')
  },
  async educationCert(group) {
    await addFile(group, realPhoto('orientation-1.jpg'), 1)
    await addFile(group, realPhoto('orientation-6.jpg'), 2)
    const [upright, turned] = [await fullSize(page, cards(group).nth(0)), await fullSize(page, cards(group).nth(1))]
    expect(turned).toEqual(upright)
  },
  async sealedReport(group) {
    if (!sample) return
    await addFile(group, await picked(sample, 'sealedReport', 'sealed-report-1'), 1)
    await addFile(group, await picked(sample, 'sealedReport', 'sealed-report-2'), 2)
    await joinPages(page, group)
  },
})

async function takeFromShotList(page: Page, shot: string, photo: string): Promise<void> {
  const entry = page.getByRole('region', { name: '拍照清单' }).getByRole('listitem').filter({ hasText: shot })
  await entry.locator('input[data-from="album"]').setInputFiles(realPhoto(photo))
  await expect(entry).toContainText('已拍 1 张', { timeout: 30_000 })
}

async function joinPages(page: Page, group: Locator): Promise<void> {
  await page.getByRole('button', { name: '把 2 张照片合成一份 PDF' }).last().click()
  await expect(cards(group)).toHaveCount(1)
  await expect(cards(group)).toContainText('2 页')
}
