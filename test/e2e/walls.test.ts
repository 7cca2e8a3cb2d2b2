import type { Page } from '@playwright/test'
import { begin, expect, openSample, saved, signIn, test, untilOfflineReady } from './support/journey'
import { addFile, slotGroup } from './support/fill'
import { realPhoto } from './support/photos'

/** Everything that the browser's policies stopped, and every dialog that a script could have opened. */
async function watched(page: Page): Promise<string[]> {
  const found: string[] = []
  await page.context().exposeFunction('tellTheTest', (what: string) => found.push(what))
  await page.context().addInitScript(() => {
    const tell = (window as unknown as { tellTheTest(what: string): void }).tellTheTest
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) =>
      tell(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sample} ${sourceFile}`),
    )
  })
  // Workers have no page to tell it to; the console has it all.
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedScript|TrustedHTML|Trusted Type/i.test(message.text())) found.push(
      `${page.url()}: ${message.text()}`,
    )
  })
  page.on('pageerror', (error) => {
    if (/Trusted|policy/i.test(error.message)) found.push(`${page.url()}: ${error.message}`)
  })
  page.on('dialog', (dialog) => {
    found.push(`${page.url()}: a dialog says ${dialog.message()}`)
    void dialog.dismiss()
  })
  return found
}

test('security 50 and 51: the app works under its policies, from the first page to the papers', async ({ page }) => {
  const found = await watched(page)
  const draft = await openSample(page, '企业首席技师')
  await untilOfflineReady(page)
  for (const path of ['', '/person', '/skills', '/portrait', '/review', '/paper', '/receipt', '/history', '/rescue', '/move']) {
    await page.goto(`/apply/${draft}${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
  }
  for (const path of [
    '/',
    '/check/studio',
    '/login',
    '/me',
    '/storage',
    '/outbox',
    '/verify',
    '/rescue',
    '/move',
    '/demo',
    '/share',
    '/nowhere',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading').first()).toBeVisible()
  }
  // A photo goes through its worker, and a HEIC one through the decoder beside it.
  const own = await begin(page, '企业首席技师')
  await page.goto(`/apply/${own}/evidence`)
  const group = slotGroup(page, '业绩证明')
  await addFile(group, realPhoto('gps.jpg'), 1)
  await addFile(group, realPhoto('iphone.heic'), 2)
  await page.goto(`/apply/${draft}/paper`)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /下载/ }).first().click()
  await download
  expect(found).toEqual([])
  // The policies are there, and they bite: the same page may not do what an attacker would.
  const stopped = await page.evaluate(() => {
    const attempts = [
      () => (document.createElement('div').innerHTML = '<img src=x>'),
      () => new Worker('/assets/elsewhere.js'),
      () => new Worker('https://elsewhere.example/worker-1.js'),
      () => (document.createElement('script').src = '/assets/worker-1.js'),
      () => (document.createElement('script').text = 'alert(4)'),
    ]
    return attempts.map((attempt) => {
      try {
        attempt()
        return 'done'
      } catch {
        return 'stopped'
      }
    })
  })
  expect(stopped).toEqual(['stopped', 'stopped', 'stopped', 'done', 'stopped'])
})

const markup = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{constructor.constructor("alert(3)")()}}'

test('security 53: markup that somebody types stays text on every page', async ({ page }) => {
  const found = await watched(page)
  await page.goto('/login')
  await signIn(page, '13955550053')
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/unit`)
  await page.getByLabel('工作单位', { exact: true }).fill(markup)
  await page.getByLabel('工作单位', { exact: true }).blur()
  await saved(page)
  await page.goto(`/apply/${draft}/skills`)
  await page.getByRole('button', { name: /^添加/ }).click()
  await page.getByRole('textbox').first().fill(markup)
  await page.getByRole('textbox').first().blur()
  await saved(page)
  for (const path of ['', '/unit', '/skills', '/review', '/paper', '/history']) {
    await page.goto(`/apply/${draft}${path}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    if (path === '/paper') await expect(page.getByRole('main')).toContainText('<script>alert(2)</script>')
  }
  await page.getByRole('main').getByRole('listitem').first().getByRole('button').click()
  await expect(page.getByRole('main')).toContainText('<script>alert(2)</script>')
  await page.goto(`/verify/${encodeURIComponent(markup)}`)
  await expect(page.getByRole('heading').first()).toBeVisible()
  await page.goto(`/apply/${encodeURIComponent(markup)}`)
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(await page.locator('img[src="x"], script:not([src])').count()).toBe(0)
  expect(found).toEqual([])
})
