// Measures, in a browser, what a cold visit to a form step loads until the first key; fails above the budget.
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { brotliCompressSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { browserArgs, ensureBrowser } from './browser.mjs'
import { serveDist } from './serveDist.mjs'

/** kB of 1000 bytes, brotli. The goal is 90; this comes down with every figure below it. */
const FIRST_KEY = 100
/** Everything that lies on the phone after the first visit, compressed. */
const OFFLINE_CACHE = 1200

const site = await serveDist()
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
try {
  const loaded = await untilFirstKey()
  const firstKey = await sumOf(loaded)
  for (const path of loaded) console.log(`${(await brotli(path) / 1000).toFixed(1).padStart(7)} kB  ${path}`)
  const cache = await sumOf(await precached())
  report('JS and CSS until the first key on a form step', firstKey, FIRST_KEY)
  report('offline cache after the first visit', cache, OFFLINE_CACHE)
} finally {
  await browser.close()
  await site.close()
}

/** A draft is begun as a person does it; then its step is visited as if for the first time, its data being there. */
async function untilFirstKey() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(site.url)
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[^/]+$/)
  const step = `${page.url()}/person`
  await page.close()

  const fresh = await context.newPage()
  const session = await context.newCDPSession(fresh)
  await session.send('Network.clearBrowserCache')
  const paths = new Set()
  fresh.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\.(js|css)$/.test(pathname)) paths.add(pathname)
  })
  await fresh.goto(step)
  const field = fresh.getByRole('textbox', { name: '姓名', exact: true })
  await field.waitFor()
  const loaded = [...paths]
  await field.press('a')
  await context.close()
  return loaded
}

/** What the service worker fetches when it is installed, as the build has listed it. */
async function precached() {
  const worker = await readFile('dist/sw.js', 'utf8')
  const urls = [...worker.matchAll(/"?url"?:\s*[`"']([^`"']+)[`"']/g)].map(([, url]) => `/${url}`)
  if (urls.length < 10) throw new Error('The list of precached files was not found in dist/sw.js')
  return urls
}

async function sumOf(paths) {
  const sizes = await Promise.all(paths.map(brotli))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Bytes as they cross the network. */
async function brotli(path) {
  const file = `dist${path}`
  if (existsSync(`${file}.br`)) return (await stat(`${file}.br`)).size
  return /\.(js|css|html|svg|webmanifest)$/.test(file) ? brotliCompressSync(await readFile(file)).length : (await stat(file)).size
}

function report(what, bytes, limit) {
  const figure = (bytes / 1000).toFixed(1)
  const good = bytes <= limit * 1000
  console.log(`${good ? '✓' : '✗'} ${what}: ${figure} kB brotli (limit ${limit})`)
  if (!good) process.exitCode = 1
}
