/** npm run bench: our app beside an empty page, a plain-HTML and a plain-Vue page of the same form. */
import { writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { callAt } from '../../src/domain/calls'
import { appFolder, buildApp, buildPages, pagesFolder } from './build'
import { cameraPhoto } from './content'
import { addRow, loads, manyPhotos, photos, typing, type Figures } from './measures'
import { reportOf, tableOf } from './report'
import { serve } from './serve'
import { subjects, type Subject } from './subjects'

const pageIds: Subject['id'][] = ['empty', 'plain', 'vue', 'app']

export interface Options {
  browser: string
  args: string[]
  rounds: number
  /** Only these pages, or only these measures; all when empty. */
  only: string[]
  save: boolean
}

export async function main({ browser: executablePath, args, rounds, only, save }: Options): Promise<void> {
  const now = Date.now()
  const load = rounded(loadavg()[0] ?? 0)
  if (load > 1.5) console.warn(`This machine is busy (load ${load}): the figures will tell more about that than about the pages.`)
  const call = callAt(now, { fixedClock: false })
  await buildPages()
  if (wanted(only, pageIds, 'app')) buildApp()
  const pages = await serve([pagesFolder], 4500)
  const app = await serve([appFolder, pagesFolder], 4501, {
    '/api/call': () => ({ call, now: new Date().toISOString(), demonstration: true }),
  })
  const browser = await chromium.launch({ executablePath, args })
  const photo = await cameraPhoto()
  const samples: Partial<Record<Subject['id'], Figures[]>> = {}
  try {
    for (let round = 1; round <= rounds; round++)
      for (const subject of subjects(pages, app, call)) {
        if (!wanted(only, pageIds, subject.id)) continue
        const figures = await roundOf(browser, subject, photo, only)
        ;(samples[subject.id] ??= []).push(figures)
        console.log(`${round}/${rounds} ${subject.label}`, JSON.stringify(figures, (_, value) => (typeof value === 'number' ? rounded(value) : value)))
      }
  } finally {
    await browser.close()
    await Promise.all([pages.close(), app.close()])
  }
  const report = reportOf(samples, { at: new Date(now).toISOString(), load })
  console.log(`\n${tableOf(report)}`)
  if (save) await writeFile(join(import.meta.dirname, '../../docs/bench.json'), `${JSON.stringify(report, null, 2)}\n`)
}

async function roundOf(browser: Browser, subject: Subject, photo: string, only: string[]): Promise<Figures> {
  const figures: Figures = {}
  const measures: Record<string, () => Promise<Figures>> = {
    loads: () => loads(browser, subject),
    typing: () => typing(browser, subject),
    ...(subject.at.rows && {
      rows: async () => ({ row15: await addRow(browser, subject, 15), row50: await addRow(browser, subject, 50) }),
    }),
    ...(subject.at.photos && { photos: () => photos(browser, subject, photo) }),
    ...(subject.id === 'app' && {
      many: async () => ({ photos0: await manyPhotos(browser, subject, 0), photos200: await manyPhotos(browser, subject, 200) }),
    }),
  }
  for (const [name, measure] of Object.entries(measures)) {
    if (!wanted(only, Object.keys(measures), name)) continue
    try {
      Object.assign(figures, await within(180_000, measure()))
    } catch (reason) {
      // One figure that can't be had is a gap in the table, not the end of a run of twenty minutes.
      console.error(`${subject.label}, ${name}: ${reason instanceof Error ? reason.message : String(reason)}`)
    }
  }
  return figures
}

/** What waits for something that never comes must not hold up the rest. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error(`no result after ${ms / 1000} s`)), ms)))
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Names of one family that were asked for; when none of it was, all of it. */
const wanted = (only: string[], family: string[], name: string) =>
  only.includes(name) || !only.some((one) => family.includes(one))

const rounded = (value: number) => Math.round(value * 10) / 10
