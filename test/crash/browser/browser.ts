/** A Chromium of its own on a profile that outlives it, so that a tab or the whole of it can be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { chromium, type BrowserContext, type CDPSession, type Page } from '@playwright/test'
import { killAll } from '../server/processes'

export interface Chromium {
  context: BrowserContext
  /** Every process of the browser at once. */
  kill(): Promise<void>
  /** Every process that draws pages, as a phone does it for want of memory. */
  killTabs(): Promise<void>
}

export async function startChromium(program: string, args: readonly string[], profile: string): Promise<Chromium> {
  const own = ['--headless=new', '--remote-debugging-port=0', '--hide-crash-restore-bubble', `--user-data-dir=${profile}`]
  const child = spawn(program, [...args, ...own], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const browser = await chromium.connectOverCDP(await devtoolsAddress(child))
  const [context] = browser.contexts()
  if (!context) throw new Error('The browser has no window')
  // Also when the run is broken off.
  const leave = () => killGroup(child.pid ?? 0)
  process.once('exit', leave)
  const devtools = await browser.newBrowserCDPSession()
  return {
    context,
    async kill() {
      // The group has all of them, also those that were started meanwhile.
      leave()
      await exited
      process.removeListener('exit', leave)
    },
    async killTabs() {
      // It names its own processes only.
      const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
      killAll(processInfo.filter(({ type, id }) => type === 'renderer' && id > 1).map(({ id }) => id))
    },
  }
}

function killGroup(leader: number): void {
  // 0 would be our own.
  if (leader > 0) killAll([-leader])
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

export type Network = 'fast' | 'slow' | 'none'

// One for each page: what another one has set would stay in force beside it.
const sessions = new WeakMap<Page, Promise<CDPSession>>()

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, session)
  return session
}

/** What the page has for a network from now on; slow enough that uploads can be caught under way. */
export async function network(page: Page, kind: Network): Promise<void> {
  const devtools = await sessionOf(page)
  await devtools.send('Network.enable')
  const slow = { latency: 300, downloadThroughput: 500_000, uploadThroughput: 60_000 }
  const fast = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await devtools.send('Network.emulateNetworkConditions', { offline: kind === 'none', ...(kind === 'slow' ? slow : fast) })
}

/** The page's process ends itself at once; no answer comes. */
export async function crash(page: Page): Promise<void> {
  const devtools = await sessionOf(page)
  void devtools.send('Page.crash').catch(() => undefined)
}
