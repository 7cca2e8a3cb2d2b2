import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { serveDist } from '../../scripts/serveDist.mjs'

let root = ''
let site: Awaited<ReturnType<typeof serveDist>>

test.beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'jiangshen-site-'))
  await cp('dist', root, { recursive: true })
  site = await serveDist(root)
})
test.afterEach(async () => {
  await site.close()
  await rm(root, { recursive: true })
})

/** What a new build does to the server: another page, another list of files, the old pages' chunks gone. */
async function deploy(): Promise<void> {
  await rm(join(root, 'index.html.br'))
  await rewrite('index.html', (text) => text.replace('<title>', '<title>新版 '))
  await rm(join(root, 'sw.js.br'))
  await rewrite('sw.js', (text) => text.replace(/("revision":")[^"]+(","url":"index\.html")/, '$1new$2'))
  await rewrite('sw.js', (text) => text.replaceAll('ReviewPage-', 'ReviewPageNew-'))
  for (const name of await readdir(join(root, 'assets'))) {
    if (!name.startsWith('ReviewPage-')) continue
    await cp(join(root, 'assets', name), join(root, 'assets', name.replace('ReviewPage-', 'ReviewPageNew-')))
    await rm(join(root, 'assets', name))
  }
}

async function rewrite(name: string, change: (text: string) => string): Promise<void> {
  const file = join(root, name)
  const before = await readFile(file, 'utf8')
  const after = change(before)
  expect(after !== before, `${name} changes with a new version`).toBe(true)
  await writeFile(file, after)
}

/** Begins an application and types a name, on a phone that works offline. */
async function typing(page: Page): Promise<void> {
  await page.goto(site.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
  await page.goto(`${page.url()}/person`)
  await page.getByRole('textbox', { name: '姓名', exact: true }).pressSequentially('周建国')
}

const lookForNews = (page: Page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()))

test('fault 7: a new version waits until a person agrees, and keeps what was just typed', async ({ page }) => {
  await typing(page)
  await deploy()
  await lookForNews(page)
  await expect(page.getByText('有新版本')).toBeVisible()
  await expect(page).not.toHaveTitle(/新版/)
  await expect(page.getByRole('textbox', { name: '姓名', exact: true })).toHaveValue('周建国')

  // The last letter is younger than the 300 ms after which it would be stored anyway.
  await page.getByRole('textbox', { name: '姓名', exact: true }).pressSequentially('强')
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect(page).toHaveTitle(/新版/)
  await expect(page.getByRole('textbox', { name: '姓名', exact: true })).toHaveValue('周建国强')
})

test("another window's page goes on with its own chunks, also offline, and is offered the new version", async ({ page, context }) => {
  await typing(page)
  const other = await context.newPage()
  await other.goto(page.url().replace(/\/person$/, ''))
  await expect(other.getByRole('button', { name: '检查与提交' })).toBeVisible()
  await deploy()
  await lookForNews(page)
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect(page).toHaveTitle(/新版/)

  await expect(other.getByText('有新版本')).toBeVisible()
  await context.setOffline(true)
  await other.getByRole('button', { name: '稍后' }).click()
  await other.getByRole('button', { name: '检查与提交' }).click()
  await expect(other.getByRole('heading', { level: 1, name: '检查与提交' })).toBeVisible()
})

test('fault 7: a new version is not let in while a typed word could not be stored', async ({ page }) => {
  await typing(page)
  await expect(page.getByRole('status').filter({ hasText: '已存本机' }).first()).toBeVisible()
  await deploy()
  await lookForNews(page)
  await page.evaluate(() => {
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    Object.assign(window, { put: IDBObjectStore.prototype.put })
    IDBObjectStore.prototype.put = refuse
  })
  const name = page.getByRole('textbox', { name: '姓名', exact: true })
  await name.pressSequentially('强')
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect(page.getByText('有内容还没有存好，暂不更新')).toBeVisible()
  await expect(name).toHaveValue('周建国强')
  await expect(page).not.toHaveTitle(/新版/)

  await page.evaluate(() => Object.assign(IDBObjectStore.prototype, { put: (window as unknown as { put: unknown }).put }))
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect(page).toHaveTitle(/新版/)
  await expect(name).toHaveValue('周建国强')
})

test('fault 9: an app that the server calls old says so, and fetches the new version itself', async ({ page }) => {
  await typing(page)
  await deploy()
  // Nobody has looked for news: the next reply to a push tells.
  await page.evaluate(async () => {
    const open = indexedDB.open('jiangshen-drafts-first')
    const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)))
    const owner = db.transaction('owner', 'readwrite').objectStore('owner')
    const row = await new Promise<{ account: string }>((resolve) => (owner.get('owner').onsuccess = ({ target }) => resolve((target as IDBRequest).result)))
    await new Promise((resolve) => (owner.put({ ...row, account: 'account-zhou' }).onsuccess = resolve))
    db.close()
  })
  const now = new Date().toISOString()
  await page.route('**/api/sessions/current', (route) => route.fulfill({ json: { account: { id: 'account-zhou', name: '周建国', phone: '139****0001' } } }))
  await page.route('**/api/sync/push', (route) => {
    const { operations } = route.request().postDataJSON() as { operations: { seq: number }[] }
    return route.fulfill({ json: { now, client: 99, verdicts: operations.map(({ seq }) => ({ seq, verdict: 'applied', version: seq })) } })
  })
  await page.route('**/api/sync/pull', (route) => route.fulfill({ json: { now, drafts: [] } }))
  await page.getByRole('textbox', { name: '姓名', exact: true }).pressSequentially('强')
  await expect(page.getByText('有新版本，请更新')).toBeVisible()
  await page.getByRole('button', { name: '更新', exact: true }).click()
  await expect(page).toHaveTitle(/新版/)
  await expect(page.getByRole('textbox', { name: '姓名', exact: true })).toHaveValue('周建国强')
})

test('fault 8: a part that is gone from the server brings the page anew once, with what was typed', async ({ browser }) => {
  // Without a service worker there is no cache to find the old part in.
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(site.url)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
  const tasks = page.url()
  await expect(page.getByRole('button', { name: '检查与提交' })).toBeVisible()
  await deploy()
  await page.evaluate(() => Object.assign(window, { before: true }))
  await page.getByRole('button', { name: '检查与提交' }).click()
  await expect(page).toHaveTitle(/新版/)
  await expect(page).toHaveURL(`${tasks}/review`)
  expect(await page.evaluate(() => 'before' in window)).toBe(false)
  await context.close()
})

test('fault 8: without a network a missing part reloads nothing, and what was typed stands', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto(site.url)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
  await context.setOffline(true)
  await page.evaluate(() => Object.assign(window, { before: true }))
  await page.getByRole('button', { name: '检查与提交' }).click()
  await expect(page.getByText('现在连不上网络，这一部分还没有下载到手机')).toBeVisible()
  expect(await page.evaluate(() => 'before' in window)).toBe(true)
  await context.close()
})

test('a photo shared from another app arrives at the page that asks where it belongs', async ({ page }) => {
  await page.goto(site.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), { method: 'POST', action: '/share', enctype: 'multipart/form-data' })
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'photos' })
    const files = new DataTransfer()
    files.items.add(new File(['bytes'], '车间.jpg', { type: 'image/jpeg' }))
    input.files = files.files
    form.append(input)
    document.body.append(form)
    form.submit()
  })
  await expect(page).toHaveURL(`${site.url}/share`)
  const names = await page.evaluate(async () => {
    const cache = await caches.open('jiangshen-share')
    const kept = await Promise.all((await cache.keys()).map((key) => cache.match(key)))
    return kept.map((response) => decodeURIComponent(response?.headers.get('x-name') ?? ''))
  })
  expect(names).toEqual(['车间.jpg'])
})

test('a phone that cannot keep a service worker is told that it needs the network', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'allow', viewport: { width: 390, height: 844 } })
  await context.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException('An SSL certificate error occurred', 'SecurityError'))
    Object.defineProperty(ServiceWorkerContainer.prototype, 'register', { value: refuse })
  })
  const page = await context.newPage()
  await page.goto(site.url)
  await expect(page.getByText('离线不可用')).toBeVisible()
  await page.getByRole('button', { name: '知道了' }).click()
  await expect(page.getByText('离线不可用')).toBeHidden()
  await context.close()
})

test('a link to a draft leads to the explanation where the browser keeps nothing', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await page.goto(`${site.url}/apply/somewhere/person`)
  await expect(page.getByText('这个浏览器不能保存草稿')).toBeVisible()
})
