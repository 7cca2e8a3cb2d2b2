import { samples } from '../support/samples'
import type { ServerInfo } from '../../src/domain/api'
import { fillForm } from './support/fill'
import { begin, expect, saved, signIn, submit, test, untilOfflineReady, verified } from './support/journey'

const sample = samples.find(({ award }) => award === 'technician')
if (!sample) throw new Error('No sample')

test('a technician fills in everything offline and without an account, then goes online, submits and holds a receipt', async ({ page, context }) => {
  await page.goto('/')
  const { call } = (await (await page.request.get('/api/call')).json()) as ServerInfo
  await untilOfflineReady(page)
  await context.setOffline(true)
  await page.reload()

  await begin(page, '企业首席技师')
  await page.getByRole('button', { name: '开始填写' }).click()
  await fillForm(page, sample, call)
  await saved(page)
  await expect(page.getByText('已存本机').first()).toBeVisible()

  await page.getByRole('button', { name: '提交申报' }).click()
  await expect(page.getByRole('alert').filter({ hasText: '尚未提交' })).toContainText(/还有 \d+ 天/)

  await context.setOffline(false)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await signIn(page, '13900000011')
  await page.getByRole('button', { name: '是我填的，放进我的账号' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '检查与提交' })).toBeVisible()
  await page.getByRole('checkbox', { name: /我已阅读，同意/ }).check()
  await page.getByRole('button', { name: '同意并继续' }).click()
  const number = await submit(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText(number).first()).toBeVisible()
  await context.setOffline(false)
  expect(await verified(page, number)).toContain('现在有效')
})
