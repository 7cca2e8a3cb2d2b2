import { chromium, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserArgs, findBrowser } from '../../scripts/browser.mjs'
import { begin, expect, saved, test, untilOfflineReady } from './support/journey'

test('faults 1 and 2: a page that dies after 已存本机 comes back, offline too, at the same step and place with every word', async ({ page, context }) => {
  await page.goto('/')
  await untilOfflineReady(page)
  const draft = await begin(page, '企业首席技师')
  await page.goto(`/apply/${draft}/job`)
  await page.getByLabel('职业(工种)', { exact: true }).fill('数控铣工')
  await page.getByLabel('工人岗位', { exact: true }).check()
  const month = page.getByLabel('参加工作时间', { exact: true })
  await month.scrollIntoViewIfNeeded()
  const scrolled = await page.evaluate(() => Math.round(scrollY))
  expect(scrolled, 'the step is longer than the screen').toBeGreaterThan(100)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('jiangshen-place'))).toContain(`"scroll":${scrolled}`)
  await month.pressSequentially('2006-0')
  await saved(page)
  await crash(page)

  await context.setOffline(true)
  const reopened = await context.newPage()
  await reopened.goto('/')
  await reopened.waitForURL(`**/apply/${draft}/job`)
  await expect(reopened.getByLabel('参加工作时间', { exact: true })).toHaveValue('2006-0')
  await expect(reopened.getByLabel('职业(工种)', { exact: true })).toHaveValue('数控铣工')
  await expect(reopened.getByLabel('工人岗位', { exact: true })).toBeChecked()
  await expect.poll(() => reopened.evaluate(() => Math.round(scrollY))).toBe(scrolled)
})

test('fault 1: a browser that is killed in the middle of typing loses the last moment only', async ({ baseURL }) => {
  const profile = await mkdtemp(join(tmpdir(), 'jiangshen-profile-'))
  const first = await startBrowser(profile)
  const page = await first.page()
  await page.goto(`${baseURL}/`)
  await untilOfflineReady(page)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  const step = `${page.url()}/achievements`
  await page.goto(step)
  const text = '一攻克五轴设备热变形难题二设计双工位液压快换夹具三总结操作法'
  // No pause in which a timer that waits for one could run out.
  await page.getByLabel('主要业绩', { exact: true }).pressSequentially(text, { delay: 50 })
  await first.kill()

  const second = await chromium.launchPersistentContext(profile, { executablePath: findBrowser() ?? '', args: browserArgs, offline: true })
  const again = await second.newPage()
  await again.goto(step)
  const kept = again.getByLabel('主要业绩', { exact: true })
  await expect(kept).not.toHaveValue('')
  const value = await kept.inputValue()
  expect(text.startsWith(value), value).toBe(true)
  expect(value.length).toBeGreaterThan(text.length / 2)
  await second.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

/** As the phone does it for want of memory: the page's process is gone, nothing of it runs any more. */
async function crash(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  void session.send('Page.crash').catch(() => undefined)
  await gone
  await page.close()
}

/** A browser of its own on a profile that outlives it, so that the whole of it can be killed. */
async function startBrowser(profile: string) {
  const child = spawn(findBrowser() ?? '', [...browserArgs, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const browser = await chromium.connectOverCDP(await devtoolsAddress(child))
  return {
    async page() {
      const [context] = browser.contexts()
      const page = context?.pages()[0] ?? (await context?.newPage())
      if (!page) throw new Error('The browser has no window')
      await page.setViewportSize({ width: 390, height: 844 })
      return page
    },
    async kill() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await gone
    },
  }
}

function devtoolsAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error(`The browser did not start:\n${said}`)))
  })
}
