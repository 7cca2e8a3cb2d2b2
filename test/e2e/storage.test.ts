import type { BrowserContext, Page } from '@playwright/test'
import { slotGroup } from './support/fill'
import { begin, expect, openSample, saved, signIn, test } from './support/journey'
import { cards, realPhoto } from './support/photos'

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

/** The phone's own storage page, from the start. */
async function openStorage(page: Page): Promise<void> {
  await page.goto('/me')
  await page.getByRole('link', { name: '存储空间' }).click()
  await page.waitForURL('**/storage')
  await expect(card(page, '用了多少')).toBeVisible()
}

/** The disk is full from now on: no transaction of the app that writes answers gets through, until `window.room` is set. */
const fillDisk = (page: Page) =>
  page.evaluate(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...args) {
      if (!('room' in window) && this.name !== 'owner') throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, args)
    }
  })

test('the storage page weighs drafts, photos and the app, and frees what the server has', async ({ page }) => {
  const draft = await openSample(page, '技能大师工作室')
  await page.goto(`/apply/${draft}/premises`)
  const group = slotGroup(page, '工作室状况图片')
  await cards(group).first().getByRole('button', { name: /放大看/ }).click()
  const picture = page.getByRole('dialog').getByRole('img')
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0)
  await openStorage(page)
  await expect(card(page, '用了多少')).toContainText(/技能大师工作室.*\d+ 个照片或文件/s)
  await expect(card(page, '用了多少')).toContainText('应用本身')
  await card(page, '释放空间').getByRole('button', { name: '释放空间' }).click()
  await page.getByRole('button', { name: '核对并释放' }).click()
  await expect(card(page, '释放空间').getByRole('status')).toContainText(/已释放.+MB/)
  await expect(card(page, '释放空间').getByRole('button', { name: '释放空间' })).toBeHidden()
  await page.goto(`/apply/${draft}/premises`)
  await cards(group).first().getByRole('button', { name: /放大看/ }).click()
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), 'fetched again').toBeGreaterThan(0)
})

test('a guest’s photos can’t be freed: they are nowhere else', async ({ page }) => {
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/certificates`)
  const group = slotGroup(page, '学历证书')
  await group.locator('input[data-from="album"]').setInputFiles(realPhoto('gps.jpg'))
  await expect(cards(group)).toContainText('已存本机', { timeout: 30_000 })
  await openStorage(page)
  await expect(card(page, '用了多少')).toContainText('1 个照片或文件')
  await expect(card(page, '释放空间')).toContainText('没有登录时，照片只有手机上这一份')
  await expect(card(page, '释放空间').getByRole('button', { name: '释放空间' })).toBeHidden()
})

test('fault 21: on a full disk words stay on the screen in red, on every page of the draft, until there is room', async ({ page }) => {
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/job`)
  const field = page.getByLabel('职业(工种)', { exact: true })
  await expect(field).toBeVisible()
  await fillDisk(page)
  await field.fill('数控铣工')
  const state = page.getByRole('status').filter({ hasText: '没有存上' })
  await expect(state).toContainText('手机存储空间不够')
  await expect(field).toHaveValue('数控铣工')
  await page.getByRole('button', { name: '全部步骤' }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('工作')
  await expect(state).toBeVisible()
  await page.goBack()
  await expect(field).toHaveValue('数控铣工')
  await page.evaluate(() => Object.assign(window, { room: true }))
  await saved(page)
  await page.reload()
  await expect(field).toHaveValue('数控铣工')
})

test('fault 24: a connection that the browser ended comes back under somebody’s hands', async ({ page }) => {
  const draft = await begin(page, '企业首席技师')
  // The browser's own connections, as WebKit drops them when its storage process ends.
  await page.addInitScript(() => {
    const connections: IDBDatabase[] = []
    const transaction = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (...args) {
      if (!connections.includes(this)) connections.push(this)
      if ('lost' in this) throw new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError')
      return transaction.apply(this, args)
    }
    Object.assign(window, { loseConnections: () => connections.map((one) => Object.assign(one, { lost: true })).length })
  })
  await page.goto(`/apply/${draft}/job`)
  const field = page.getByLabel('职业(工种)', { exact: true })
  await field.fill('数控')
  await saved(page)
  expect(await page.evaluate(() => (window as unknown as { loseConnections(): number }).loseConnections())).toBeGreaterThan(0)
  await field.fill('数控铣工')
  await saved(page)
  await page.reload()
  await expect(field).toHaveValue('数控铣工')
})

test('fault 23: a window that can’t store says so before anything is typed', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError')
    }
  })
  await page.goto('/')
  await expect(page.getByRole('alert')).toContainText('现在不能保存草稿')
  await expect(page.getByRole('alert')).toContainText('无痕')
})

test('fault 23: a window with unusually little room may be a private one', async ({ page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.estimate = async () => ({ quota: 250_000_000, usage: 1000 })
  })
  await page.goto('/')
  await expect(page.getByRole('region', { name: '这也许是无痕（隐私）窗口' })).toBeVisible()
})

for (const [userAgent, title, way] of [
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1', '请先添加到主屏幕再填', '添加到主屏幕'],
  ['Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50', '请换到手机浏览器里填', '在浏览器打开'],
] as const)
  test(`fault 22: a browser that forgets is named before anything is typed: ${title}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ userAgent, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    const page = await context.newPage()
    await page.goto(`${baseURL}/`)
    const advice = page.getByRole('region', { name: title })
    await expect(advice).toContainText(way)
    await advice.getByRole('button', { name: '知道了' }).click()
    await expect(advice).toBeHidden()
    await page.goto(`${baseURL}/storage`)
    await expect(page.getByRole('region', { name: /7 天没有打开|容易被一起清理/ })).toBeVisible()
    await context.close()
  })

test('fault 22: work that has not been sent for a day is pointed out at the start', async ({ page }) => {
  await page.clock.install()
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/job`)
  await page.getByLabel('职业(工种)', { exact: true }).fill('数控铣工')
  await page.clock.runFor(1000)
  await saved(page)
  await page.clock.setFixedTime(Date.now() + 25 * 60 * 60 * 1000)
  await page.goto('/')
  const notice = page.getByRole('region', { name: '有内容一天多没有同步了' })
  await page.clock.runFor(3000)
  await expect(notice).toContainText('1 份草稿')
  await expect(notice.getByRole('button', { name: '登录并同步' })).toBeVisible()
})

test('fault 22, 27: data that the browser cleared is offered back at once, while the session lives', async ({ page, context }) => {
  const phone = '13805100271'
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/job`)
  await page.getByLabel('职业(工种)', { exact: true }).fill('数控铣工')
  await saved(page)
  await page.goto('/login')
  await signIn(page, phone)
  await page.getByRole('button', { name: /放进|一起|同步到/ }).first().click()
  await page.waitForURL((url) => url.pathname === '/')
  await expect(page.getByRole('article').filter({ hasText: '企业首席技师' }).first()).toContainText('已同步', { timeout: 30_000 })
  await clearSiteData(page, context)

  await page.goto('/')
  const notice = page.getByRole('alert').filter({ hasText: '这台手机上的草稿不见了' })
  await expect(notice).toContainText('1 份草稿')
  await notice.getByRole('button', { name: '恢复 1 份草稿' }).click()
  await expect(page.getByRole('region', { name: '我的草稿' }).getByRole('article')).toHaveCount(1)
  await expect(notice).toBeHidden()
  await page.goto(`/apply/${draft}/job`)
  await expect(page.getByLabel('职业(工种)', { exact: true })).toHaveValue('数控铣工')
})

/** As browsers clear up: everything that scripts stored. Cookies of the server stay. */
async function clearSiteData(page: Page, context: BrowserContext): Promise<void> {
  const { origin } = new URL(page.url())
  await page.goto('about:blank')
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage,cache_storage,service_workers' })
  await session.detach()
}

test('a vanished database is said plainly without a session: no empty first visit', async ({ page, context }) => {
  await begin(page, '企业首席技师')
  await expect.poll(() => page.evaluate(() => localStorage.getItem('jiangshen-drafts-here'))).toContain('"drafts":1')
  const { origin } = new URL(page.url())
  await page.goto('about:blank')
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  await page.goto('/')
  const notice = page.getByRole('alert').filter({ hasText: '手机清掉了本站的数据' })
  await expect(notice).toContainText('这里有 1 份草稿')
  await notice.getByRole('button', { name: '知道了' }).click()
  await expect(notice).toBeHidden()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(notice).toBeHidden()
})

test('fault 29: a browser that doesn’t promise to keep the data is shown, and asked once', async ({ page }) => {
  await page.addInitScript(() => {
    const counted = window as unknown as { asked: number }
    counted.asked = 0
    StorageManager.prototype.persisted = async () => false
    StorageManager.prototype.persist = async () => (counted.asked++, false)
  })
  await page.goto('/storage')
  await expect(page.getByRole('region', { name: '长期保存' })).toBeVisible()
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
  expect(await asked()).toBe(0)
  await page.getByRole('button', { name: '请浏览器长期保存' }).click()
  await expect(page.getByRole('region', { name: '长期保存' })).toContainText('没有答应')
  await expect(page.getByRole('button', { name: '请浏览器长期保存' })).toBeHidden()
  expect(await asked()).toBe(1)
})

test('fault 30: a browser without service workers works online, and says what it can’t', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
  })
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/job`)
  await page.getByLabel('职业(工种)', { exact: true }).fill('数控铣工')
  await saved(page)
  await expect(page.getByRole('complementary', { name: '离线使用' })).toContainText('离线不可用')
  await page.reload()
  await expect(page.getByLabel('职业(工种)', { exact: true })).toHaveValue('数控铣工')
})
