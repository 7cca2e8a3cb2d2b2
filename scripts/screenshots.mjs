// Draws the pictures of the README anew, from the built app and its demonstration: npm run screenshots
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { browserArgs, ensureBrowser } from './browser.mjs'

const OUT = 'docs/screenshots'
const SCALE = 2

const data = await mkdtemp(join(tmpdir(), 'jiangshen-pictures-'))
// The embedded PostgreSQL runs under a user of its own when this one is root.
await chmod(data, 0o755)
const server = spawn(process.execPath, ['dist-server/main.js', '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
const stopped = new Promise((resolve) => server.once('exit', resolve))
try {
  await mkdir(OUT, { recursive: true })
  await draw(await addressOf(server))
} finally {
  server.kill('SIGTERM')
  await stopped
  await rm(data, { recursive: true, force: true })
}

/** @param {string} address of the running demonstration */
async function draw(address) {
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: browserArgs })
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: SCALE,
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  try {
    await visit(page)
  } finally {
    await browser.close()
  }
}

/** The screens of the README, in the order in which an applicant meets them. */
async function visit(page) {
  const shoot = (name) => picture(page, name)
  await page.goto('/')
  await shoot('start')
  await selfCheck(page)
  await shoot('self-check')

  const studio = await openSample(page, '技能大师工作室')
  await page.goto(`/apply/${studio}/premises`)
  await shown(page.locator('.photo img'))
  // As it is on the way: two pictures are still to be taken.
  for (const left of [8, 7]) {
    await page.getByRole('button', { name: '删除' }).nth(1).click()
    await page.getByText(`已拍 ${left} / 9 项`).waitFor()
  }
  await page.getByRole('button', { name: '知道了' }).click()
  await page.evaluate(() => scrollTo(0, 0))
  await shoot('shot-list')
  await page.locator('.photo').first().evaluate((card) => card.scrollIntoView({ block: 'start' }))
  await shoot('photos')
  await page.goto(`/apply/${studio}/paper`)
  await shown(page.getByRole('article'))
  await shoot('paper')
  // A list of steps says more while not all of it is done.
  await page.goto(`/apply/${studio}/unit`)
  await page.getByLabel('统一社会信用代码', { exact: true }).fill('91320282MA0EXA0000')
  await synced(page)
  await page.goto(`/apply/${studio}/skill`)
  await page.getByLabel('参加工作时间', { exact: true }).fill('')
  await synced(page)
  await page.goto(`/apply/${studio}`)
  await page.getByText('有问题').waitFor()
  await synced(page)
  await shoot('tasks')

  const technician = await openSample(page, '企业首席技师')
  await page.goto(`/apply/${technician}/person`)
  await shown(page.getByLabel('文化程度', { exact: true }))
  await shoot('step')
  await look(page, { theme: 'dark', elder: false })
  await shoot('step-dark')
  await look(page, { theme: 'light', elder: true })
  await shoot('step-elder')
  await look(page, { theme: 'light', elder: false })

  await page.goto(`/apply/${technician}/review`)
  await shown(page.getByText('申报条件'))
  await synced(page)
  await shoot('check')
  await page.getByRole('button', { name: '提交申报' }).click()
  await page.waitForURL(/\/receipt/)
  await shown(page.getByAltText('核验二维码'))
  await shoot('receipt')
}

function shown(what) {
  return what.first().waitFor({ state: 'visible' })
}

function synced(page) {
  return page.getByRole('status').filter({ hasText: '已同步' }).waitFor()
}

/** What the settings set on the page (src/ui/settings.ts). */
function look(page, { theme, elder }) {
  return page.evaluate(
    ([colours, large]) => {
      document.documentElement.dataset.theme = colours
      document.documentElement.toggleAttribute('data-elder', large)
    },
    [theme, elder],
  )
}

async function selfCheck(page) {
  await page.getByRole('button', { name: '企业首席技师资格自查' }).click()
  await page.getByLabel('出生日期', { exact: true }).fill('1985-08-16')
  await page.getByLabel('男', { exact: true }).check()
  await page.getByLabel('职业资格（技能等级）').selectOption('一级（高级技师）')
  await page.getByRole('radiogroup', { name: '在无锡的企业生产一线直接从事技能工作' }).getByLabel('是').check()
  await page.getByLabel('传绝技、带高徒').check()
  await page.getByRole('radiogroup', { name: '热爱祖国、遵纪守法、爱岗敬业' }).getByLabel('是').check()
  await page.getByLabel('不清楚').check()
  await page.getByRole('button', { name: '看结果' }).click()
  await page.getByRole('region', { name: '自查结果' }).waitFor()
}

async function openSample(page, award) {
  await page.goto('/demo')
  await page.getByRole('article').filter({ hasText: award }).getByRole('button').click()
  await page.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  return page.url().split('/').at(-1)
}

async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  const file = join(OUT, `${name}.png`)
  await sharp(await page.screenshot()).png({ palette: true, colours: 128, effort: 10 }).toFile(file)
  console.log(file)
}

/** @returns {Promise<string>} */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /匠申已启动：(\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error(`The server did not start:\n${said}`)))
  })
}
