/** One round of one page: every figure of the table, in ms, kB or MB. */
import type { Browser } from '@playwright/test'
import { whenShown } from './probe'
import type { Subject } from './subjects'
import { newPhone, type Phone, type Tab } from './visit'

export type Figures = Record<string, number>

const FULL = { rows: 15, photos: 0 }

/** Cold, second visit and offline: with the complete application on the phone, straight to its first fields. */
export async function loads(browser: Browser, subject: Subject): Promise<Figures> {
  return onPhone(browser, subject, FULL, async (phone) => {
    const first = await phone.open(subject.at.first)
    const cold = await first.load()
    const cache = subject.worker ? await offlineCache(first) : []
    await first.close()
    const second = await phone.open(subject.at.first)
    const again = await second.load()
    await second.close()
    const figures = {
      bytes: cold.bytes / 1000,
      firstPaint: cold.firstPaint,
      typeable: cold.typeable,
      longTasks: cold.longTasks,
      typeableAgain: again.typeable,
      longTasksAgain: again.longTasks,
    }
    if (!subject.worker) return figures
    const sizes = await Promise.all(cache.map((path) => subject.sizeOf(path)))
    await phone.context.setOffline(true)
    const third = await phone.open(subject.at.first, { offline: true })
    const offline = await third.load()
    return { ...figures, typeableOffline: offline.typeable, cache: sizes.reduce((sum, size) => sum + size, 0) / 1e6 }
  })
}

/** 120 keys in the long text, with autosave on; and what each save took. */
export async function typing(browser: Browser, subject: Subject): Promise<Figures> {
  return onPhone(browser, subject, FULL, async (phone) => {
    const tab = await phone.open(subject.at.long)
    await tab.load()
    const text = tab.page.locator('textarea').last()
    await text.click()
    await text.press('End')
    await tab.page.evaluate(() => (window.probe.keys.length = window.probe.saves.length = 0))
    for (let i = 0; i < 120; i++) {
      await tab.page.keyboard.press('abcdefghij'[i % 10] ?? 'a')
      await tab.page.waitForTimeout(40)
    }
    for (let i = 0; i < 8; i++) {
      await tab.page.waitForTimeout(500)
      await tab.page.keyboard.press('k')
    }
    await tab.page.waitForTimeout(800)
    const { keys, saves } = await tab.page.evaluate(() => window.probe)
    const edits = saves.filter(({ stores }) => stores === 'draft' || stores.includes('outbox')).map(({ ms }) => ms)
    return { key50: quantile(keys.slice(0, 120), 0.5), key98: quantile(keys.slice(0, 120), 0.98), save: quantile(edits, 0.5) }
  })
}

/** From the tap on 添加一行 until the fiftieth (fifteenth) row is painted. */
export async function addRow(browser: Browser, subject: Subject, upTo: number): Promise<number> {
  return onPhone(browser, subject, { rows: upTo - 1, photos: 0 }, async (phone) => {
    const tab = await phone.open(subject.at.rows ?? '')
    await tab.page.evaluate(whenShown, [subject.row, upTo - 1] as [string, number])
    await tab.page.waitForTimeout(1500)
    const before = await tab.page.locator(subject.row).count()
    const button = tab.page.getByRole('button', { name: '添加一行' }).first()
    await button.scrollIntoViewIfNeeded()
    await tab.page.waitForTimeout(500)
    const shown = tab.page.evaluate(whenShown, [subject.row, before + 1] as [string, number])
    await button.click()
    return (await shown) - (await tab.page.evaluate(() => window.probe.clicked))
  })
}

/** A second visit to the step with ten pictures, the heap after it, and one photo of 12 megapixels more. */
export async function photos(browser: Browser, subject: Subject, photo: string): Promise<Figures> {
  return onPhone(browser, subject, { rows: 15, photos: 10 }, async (phone) => {
    await warm(phone, subject)
    const tab = await phone.open(subject.at.photos ?? '')
    const restored = await tab.page.evaluate(whenShown, [subject.thumbnails, 10] as [string, number])
    await tab.page.waitForTimeout(1500)
    await tab.devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await tab.devtools.send('Runtime.getHeapUsage')
    const slow = await onePhoto(tab, subject, photo, 11)
    await tab.devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const quick = await onePhoto(tab, subject, photo, 12)
    return { restored, heap: usedSize / 1e6, photo: slow.ms, photoTask: slow.task, photoUnthrottled: quick.ms }
  })
}

/** The first step of a draft with 200 photos, on a second visit. */
export async function manyPhotos(browser: Browser, subject: Subject, count: number): Promise<number> {
  return onPhone(browser, subject, { rows: 15, photos: count }, async (phone) => {
    await warm(phone, subject)
    const tab = await phone.open(subject.at.first)
    return (await tab.load()).typeable
  })
}

async function onePhoto({ page }: Tab, subject: Subject, path: string, count: number): Promise<{ ms: number; task: number }> {
  const shown = page.evaluate(whenShown, [subject.thumbnails, count] as [string, number])
  await page.locator(subject.pick).first().setInputFiles(path)
  const at = await shown
  await page.waitForTimeout(1500)
  return page.evaluate((time) => {
    const { picked, tasks, saves } = window.probe
    const stored = saves.find(({ stores, end }) => end > picked && (stores === 'draft' || stores.includes('outbox')))
    const during = tasks.filter(([start]) => start >= picked && start < time)
    return { ms: Math.max(time, stored?.end ?? Infinity) - picked, task: Math.max(0, ...during.map(([, ms]) => ms)) }
  }, at)
}

async function onPhone<T>(browser: Browser, subject: Subject, amount: Parameters<Subject['seed']>[1], work: (phone: Phone) => Promise<T>) {
  const phone = await newPhone(browser, subject.origin)
  try {
    await subject.seed(phone, amount)
    return await work(phone)
  } finally {
    await phone.close()
  }
}

async function warm(phone: Phone, subject: Subject): Promise<void> {
  const tab = await phone.open(subject.at.photos ?? subject.at.first, { cpu: 1 })
  await tab.page.waitForTimeout(3000)
  if (subject.worker) await offlineCache(tab)
  await tab.close()
}

/** Paths in the service worker's caches, once it has filled them. */
async function offlineCache({ page }: Tab): Promise<string[]> {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready
    const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return caches_.flat().map(({ url }) => new URL(url).pathname)
  })
}

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
