// Builds the gallery and looks at every sheet as a phone does: pictures, axe, targets, and what is cut off.
//   node test/ui/gallery/look.mjs <folder for the pictures>
import AxeBuilder from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, preview } from 'vite'

const out = process.argv[2] ?? 'node_modules/.cache/gallery-pictures'
const configFile = join(import.meta.dirname, 'vite.config.ts')
mkdirSync(out, { recursive: true })
await build({ configFile, logLevel: 'warn' })
const server = await preview({ configFile })
const address = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
let faults = 0
/** A picture much taller than a screen can't be looked at. */
const SLICE = 1600

const sheets = ['sheet=fields&filled', 'sheet=fields&award=technician', 'sheet=rows', 'sheet=photos', 'sheet=pieces']
for (const sheet of sheets) {
  for (const [look, least] of [['', 44], ['&theme=dark', 44], ['&elder', 60]]) {
    const context = await browser.newContext({ viewport: { width: look === '&elder' ? 360 : 390, height: 844 }, hasTouch: true })
    const page = await context.newPage()
    page.on('pageerror', (error) => report('error', sheet, error.message))
    await page.goto(`${address}?${sheet}${look}`)
    await page.waitForSelector('h1')
    const name = `${sheet}${look}`.replace(/sheet=|award=|theme=/g, '').replace(/&/g, '-')
    const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: document.body.scrollHeight }))
    for (let y = 0; y < height; y += SLICE)
      await page.screenshot({
        path: join(out, `${name}-${y / SLICE}.png`),
        fullPage: true,
        clip: { x: 0, y, width, height: Math.min(SLICE, height - y) },
      })
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const one of violations) report('axe', name, `${one.id}: ${one.nodes.map((node) => node.target).slice(0, 4)}`)
    for (const fault of await page.evaluate(measure, least)) report('size', name, fault)
    await context.close()
  }
}
await browser.close()
await server.close()
process.exitCode = faults > 0 ? 1 : 0

function report(what, where, text) {
  faults += 1
  process.stdout.write(`${what}  ${where}  ${text}\n`)
}

/** Runs in the page: targets smaller than `least`, words wider than their box, anything wider than the screen. */
function measure(least) {
  const found = new Set()
  const say = ({ tagName, className, textContent }, why) =>
    found.add(`${why}: ${tagName}.${className} ${textContent.trim().slice(0, 20)}`)
  const words = 'button, h1, h2, h3, label, p, span'
  for (const element of document.querySelectorAll('button, a, select, textarea, input, label.pick')) {
    const hidden = element.closest('.sr-only') || (element.closest('.pick') && element.matches('input'))
    const { width, height } = element.getBoundingClientRect()
    const small = Math.min(width, height) < least - 0.5
    if (!hidden && width > 0 && small) say(element, `${Math.round(width)}×${Math.round(height)}`)
  }
  for (const element of document.querySelectorAll('body *')) {
    const { left, right, width } = element.getBoundingClientRect()
    if (width > 1 && !element.closest('.stage') && (left < -1 || right > innerWidth + 1)) say(element, 'off screen')
    const { scrollWidth, clientWidth } = element
    if (element.matches(words) && clientWidth > 1 && scrollWidth > clientWidth + 1) say(element, 'cut off')
  }
  return [...found]
}
