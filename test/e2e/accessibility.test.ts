import { formOf } from '../../src/domain/forms'
import { begin, expect, openSample, test } from './support/journey'
import { dress, faultsAt, faultsOf } from './support/looks'

// A trace would hold the checker's own source some two hundred times.
test.use({ trace: 'off' })
test.describe.configure({ timeout: 300_000 })

for (const [id, award] of [['studio', '技能大师工作室'], ['technician', '企业首席技师']] as const)
  test(`every step of ${award} can be read, reached and pressed in every look`, async ({ page }) => {
    const draft = await openSample(page, award)
    const faults: string[] = []
    for (const { id: step } of formOf(id).steps) faults.push(...(await faultsAt(page, `/apply/${draft}/${step}`)))
    for (const place of ['', '/review', '/paper', '/receipt', '/history']) faults.push(...(await faultsAt(page, `/apply/${draft}${place}`)))
    expect(faults).toEqual([])
  })

test('so can every other page, and a step with all its messages', async ({ page }) => {
  const faults: string[] = []
  for (const path of ['/', '/check/studio', '/check/technician', '/login', '/me', '/outbox', '/rescue', '/move', '/pin', '/storage', '/verify', '/share', '/demo', '/nowhere', '/apply/unknown'])
    faults.push(...(await faultsAt(page, path)))
  const draft = await begin(page, '企业首席技师')
  faults.push(...(await faultsAt(page, `/apply/${draft}/person?from=review&field=name`, '还没有填')))
  faults.push(...(await faultsAt(page, `/apply/${draft}/review`)))
  faults.push(...(await faultsAt(page, '/', '我的草稿')))
  expect(faults).toEqual([])
})

test('so can what opens above a page', async ({ page }) => {
  const draft = await openSample(page, '企业首席技师')
  const faults: string[] = []
  // The wheels measure their lines once, when they open.
  for (const look of ['light', 'elder'] as const) {
    await page.goto(`/apply/${draft}/job`)
    await dress(page, look)
    await page.getByRole('button', { name: /^选择年月/ }).click()
    await expect(page.getByRole('option', { name: '2001年' })).toBeAttached()
    await expect(page.getByRole('button', { name: '确认' })).toBeFocused()
    faults.push(...(await faultsOf(page, 'date', [look])))
  }
  await page.goto(`/apply/${draft}/portrait`)
  await page.getByRole('button', { name: /放大看/ }).click()
  await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
  faults.push(...(await faultsOf(page, 'preview')))
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '裁剪' }).click()
  await expect(page.getByRole('button', { name: '就用这一块' })).toBeEnabled()
  faults.push(...(await faultsOf(page, 'crop')))
  await page.goto('/')
  await page.getByRole('button', { name: '删除' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  faults.push(...(await faultsOf(page, 'question')))
  expect(faults).toEqual([])
})
