/** A phone in a browser: its own storage, 390 × 844, CPU four times slower, "slow 4G". */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'
import { FIELD, installProbe } from './probe'

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const CPU = 4

export interface Phone {
  context: BrowserContext
  /** @param cpu how many times slower; 1 is this machine as it is */
  open(path: string, options?: { cpu?: number; offline?: boolean }): Promise<Tab>
  close(): Promise<void>
}
export interface Tab {
  page: Page
  devtools: CDPSession
  /** Waits for the first field, then for what comes after it. */
  load(): Promise<Load>
  close(): Promise<void>
}
export interface Load {
  firstPaint: number
  typeable: number
  /** Sum of the tasks over 50 ms that began before the first field could be typed in. */
  longTasks: number
  /** Compressed JS and CSS asked for until then. */
  bytes: number
}

export async function newPhone(browser: Browser, origin: string): Promise<Phone> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' })
  // tsx names functions by a helper of its own, which a page doesn't know.
  await context.addInitScript({ content: 'globalThis.__name ??= (it) => it' })
  await context.addInitScript(installProbe, FIELD)
  return {
    context,
    async open(path, { cpu = CPU, offline = false } = {}) {
      const page = await context.newPage()
      const devtools = await context.newCDPSession(page)
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', { ...SLOW_4G, offline })
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
      await page.goto(origin + path, { waitUntil: 'commit' })
      return { page, devtools, load: () => loadOf(page), close: () => page.close() }
    },
    close: () => context.close(),
  }
}

async function loadOf(page: Page): Promise<Load> {
  await page.waitForFunction(() => window.probe.typeable > 0, undefined, { timeout: 60_000 })
  await page.waitForTimeout(1500)
  return page.evaluate(() => {
    const { typeable, tasks } = window.probe
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const code = files.filter(({ name, startTime }) => /\.(js|css)$/.test(new URL(name).pathname) && startTime < typeable)
    return {
      firstPaint: performance.getEntriesByName('first-paint')[0]?.startTime ?? 0,
      typeable,
      longTasks: tasks.filter(([start]) => start < typeable).reduce((sum, [, duration]) => sum + duration, 0),
      bytes: code.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }
  })
}
