import { TOTP } from 'otpauth'
import { begin, expect, signIn, test } from './support/journey'
import { faultsAt, faultsOf } from './support/looks'

const ADMIN = '13900000061'
test.use({ serverEnv: { ADMIN_PHONE: ADMIN }, trace: 'off' })
test.describe.configure({ timeout: 180_000 })

test('the first administrator binds an authenticator app, gives a role and takes it back; every page in every look', async ({ page }) => {
  await page.goto('/login')
  await signIn(page, ADMIN)
  const faults: string[] = []
  await page.goto('/staff')
  await expect(page.getByText('请先输入动态口令')).toBeVisible()
  faults.push(...(await faultsOf(page, '/staff, locked')))

  await page.goto('/me/devices')
  await expect(page.getByText('正在用的这台')).toBeVisible()
  faults.push(...(await faultsOf(page, '/me/devices')))
  await page.getByRole('link', { name: '动态口令（还没有绑定）' }).click()
  await page.getByRole('button', { name: '装好了，开始绑定' }).click()
  await expect(page.getByRole('img', { name: '绑定用的二维码' })).toBeVisible()
  faults.push(...(await faultsOf(page, '/staff/factor, binding')))
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('动态口令', { exact: true }).fill(new TOTP({ secret }).generate())
  await page.getByRole('button', { name: '绑定', exact: true }).click()
  await expect(page.getByText('已经验证，12 小时内有效')).toBeVisible()
  faults.push(...(await faultsOf(page, '/staff/factor, done')))

  await page.goto('/staff')
  await expect(page.getByText('139****0061')).toBeVisible()
  await page.getByLabel('手机号', { exact: true }).fill('13900000062')
  await page.getByRole('combobox', { name: '角色' }).selectOption({ label: '评委' })
  await page.getByRole('button', { name: '指定角色' }).click()
  const other = page.getByRole('region').filter({ hasText: '139****0062' })
  await expect(other).toContainText('评委')
  faults.push(...(await faultsOf(page, '/staff')))
  await other.getByRole('button', { name: '取消角色' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消角色' }).click()
  await expect(other).toBeHidden()
  expect(faults).toEqual([])
})

test('what belongs to an account, and its lock, can be read, reached and pressed in every look', async ({ page }) => {
  await page.goto('/login')
  await signIn(page, '13900000063')
  await begin(page, '企业首席技师')
  const faults: string[] = []
  for (const path of ['/me', '/me/phone', '/pin', '/pin/forgotten', '/staff/factor', '/staff']) faults.push(...(await faultsAt(page, path)))
  await page.goto('/pin')
  await page.getByLabel('新密码', { exact: true }).fill('271828')
  await page.getByLabel('再输一遍', { exact: true }).fill('271828')
  await page.getByRole('button', { name: '设好并加密' }).click()
  await expect(page.getByText('应用锁已设好')).toBeVisible()
  faults.push(...(await faultsOf(page, '/pin, set')))
  await page.getByRole('button', { name: '立即锁上' }).click()
  await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible()
  faults.push(...(await faultsOf(page, 'locked')))
  await page.getByLabel('应用锁密码', { exact: true }).fill('000001')
  await page.getByRole('button', { name: '解锁' }).click()
  await expect(page.getByText('还可以试 9 次')).toBeVisible()
  faults.push(...(await faultsOf(page, 'locked, a wrong PIN')))
  expect(faults).toEqual([])
})
