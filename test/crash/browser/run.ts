/** One run: somebody types and photographs, tab or browser die at random moments, and everything shown is looked for. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { randomFrom, type Random } from '../random'
import { until } from '../server/processes'
import { siteIn } from '../server/site'
import type { Judge } from '../tally'
import { crash, network, startChromium, type Chromium } from './browser'
import { openEyes, type Eyes, type Seen } from './eyes'
import { act, begin, signIn, stillSignedIn } from './hands'
import { judgeArrival, judgeBytes, judgeDurability, judgePage } from './verdict'

export interface BrowserRun {
  seed: number
  kills: number
  port: number
  judge: Judge
  browser: string
  args: readonly string[]
  say(line: string): void
}

const ACCOUNT = '13700000009'

export async function browserRun({ seed, kills, port, judge, browser, args, say }: BrowserRun): Promise<void> {
  const random = randomFrom(seed)
  const data = await mkdtemp(join(tmpdir(), 'jiangshen-crash-'))
  await chmod(data, 0o755)
  const site = await siteIn(data, 'embedded', { web: port, database: port + 1 })
  const eyes: Eyes = { promised: new Map(), seen: [] }
  const start = async () => {
    const started = await startChromium(browser, args, join(data, 'profile'))
    await openEyes(started.context, eyes)
    return started
  }
  let chromium: Chromium | null = null
  try {
    await site.start()
    chromium = await start()
    let page = await opened(chromium)
    await signIn(page, site.url, ACCOUNT)
    const draft = await begin(page)
    for (let n = 1; n <= kills; n++) {
      const kind = random.pick(['tab crashed', 'tab killed', 'browser killed'] as const)
      judge.at(`kill ${n} (${kind})`)
      await killed(page, chromium, kind, `${site.url}/apply/${draft}`, eyes, random)
      const before = [...eyes.seen]
      const promised = [...eyes.promised.values()]
      judgeDurability(eyes, judge)
      judge.figure('looks at the screen before a kill', before.length)
      judge.figure('kills while the line said 正在保存 (0 or 1)', /正在保存/.test(before.at(-1)?.state ?? '') ? 1 : 0)

      const from = Date.now()
      if (kind === 'browser killed') chromium = await start()
      else await page.close().catch(() => undefined)
      page = await opened(chromium)
      await network(page, 'none')
      await page.goto(site.url + (promised.at(-1)?.path ?? '/'))
      await page.locator('h1').first().waitFor()
      judge.recovered(`browser: ${kind}`, Date.now() - from)
      await judgePage(page, site.url, promised, before, judge)
      await judgeBytes(page, draft, judge)
      eyes.seen.length = 0
      say(`  ${kind}: ${promised.length} steps, ${before.length} looks, ${fieldsOf(promised)} texts, ${photosOf(promised)} photos were promised`)
      await network(page, random.pick(['fast', 'slow', 'none']))
    }
    judge.at('arrival')
    await network(page, 'fast')
    await page.goto(`${site.url}/apply/${draft}`)
    const again = !(await stillSignedIn(page))
    judge.figure('browsers that had forgotten the session (0 or 1)', again ? 1 : 0)
    if (again) await signIn(page, site.url, ACCOUNT)
    await judgeArrival(page, draft, judge, await site.databaseUrl())
  } finally {
    await chromium?.kill()
    await site.stop()
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function opened({ context }: Chromium): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 390, height: 844 })
  page.setDefaultTimeout(60_000)
  return page
}

/** Works until the moment comes; what dies is in the middle of it. */
async function killed(page: Page, chromium: Chromium, kind: string, address: string, eyes: Eyes, random: Random): Promise<void> {
  const leaving = new AbortController()
  const crashed = new Promise((resolve) => page.once('crash', resolve))
  const work = (async () => {
    while (!leaving.signal.aborted) await act(page, (step) => `${address}/${step}`, random)
  })().catch((reason: unknown) => {
    // Before the kill, nothing may go wrong under the hands.
    if (!leaving.signal.aborted) throw reason
  })
  // On a slow machine the first page takes its time; the moment counts from when there is something to lose.
  const begun = until('something is shown', () => eyes.seen.length > 5)
  await Promise.race([begun.then(() => wait(random.between(0, 12_000))), work])
  // Nobody stops typing before it happens.
  const killing = kind === 'browser killed' ? chromium.kill() : kind === 'tab killed' ? chromium.killTabs() : crash(page)
  leaving.abort()
  await killing
  if (kind !== 'browser killed') {
    await Promise.race([crashed, wait(10_000)])
    await page.close().catch(() => undefined)
  }
  await work
}

const fieldsOf = (promised: readonly Seen[]) => promised.reduce((sum, { fields }) => sum + Object.values(fields).filter(Boolean).length, 0)
const photosOf = (promised: readonly Seen[]) => promised.reduce((sum, { slots }) => sum + Object.values(slots).reduce((a, b) => a + b, 0), 0)
