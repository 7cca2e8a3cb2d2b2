/** What an applicant does with the app: signs in, begins, types, photographs. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Random } from '../random'
import { network } from './browser'

export async function signIn(page: Page, url: string, phone: string): Promise<void> {
  await page.goto(`${url}/login`)
  await page.getByLabel('手机号', { exact: true }).fill(phone)
  const shown = page.locator('.shown b')
  // A number gets one code a minute, also after the browser has forgotten who it was.
  for (let tries = 0; tries < 20 && !(await shown.isVisible()); tries++) {
    await page.getByRole('button', { name: '获取验证码' }).click()
    await shown.waitFor({ timeout: 5000 }).catch(() => undefined)
  }
  const code = await shown.textContent()
  await page.getByLabel('验证码', { exact: true }).fill(code ?? '')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('link', { name: /我的账号/ }).waitFor()
}

/** A browser writes cookies down now and then: one that was killed may have forgotten who was signed in. */
export async function stillSignedIn(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await fetch('/api/sessions/current')).ok)
}

/** Begins an application; resolves with the draft's id. */
export async function begin(page: Page): Promise<string> {
  await page.getByRole('button', { name: '申报企业首席技师' }).click()
  await page.waitForURL(/\/apply\/[0-9a-f-]{36}$/)
  // What it needs without a network has come before anything is taken from it.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (!navigator.serviceWorker.controller)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  return page.url().split('/').at(-1) ?? ''
}

const texts = [
  ['person', '#field-name'],
  ['unit', '#field-employer'],
  ['achievements', '#field-achievements'],
  ['dossier', '#field-dossierText'],
] as const
const slots = ['#field-awardCerts', '#field-publications', '#field-achievementProofs'] as const

const album = [
  ...readdirSync('test/support/pictures').flatMap((name) => (name.endsWith('.jpg') ? [join('test/support/pictures', name)] : [])),
  ...['orientation-1', 'orientation-3', 'orientation-6', 'orientation-8', 'gps', 'iphone-hdr'].map((name) => `test/support/photos/${name}.jpg`),
]

/** One thing that is done, whatever page is open. Fails when the page dies under it. */
export async function act(page: Page, address: (step: string) => string, random: Random): Promise<void> {
  if (random.chance(0.2)) await network(page, random.pick(['fast', 'slow', 'slow', 'none']))
  const kind = random.pick(['type', 'type', 'photograph', 'describe'])
  if (kind === 'type') {
    const [step, field] = random.pick(texts)
    await open(page, address(step))
    await write(page, page.locator(field), random)
    return
  }
  await open(page, address('evidence'))
  const slot = page.locator(random.pick(slots))
  const captions = slot.locator('.says input')
  if (kind === 'describe' && (await captions.count()) > 0) return write(page, captions.last(), random)
  const input = slot.locator('input[data-from="album"]').last()
  if ((await input.count()) > 0) await input.setInputFiles(random.pick(album))
  await page.waitForTimeout(random.between(0, 3000))
}

async function open(page: Page, address: string): Promise<void> {
  if (page.url() === address) return
  await page.goto(address)
}

const characters = '技能大师工作室首席技师数控铣工五轴加工热变形补偿夹具革新带徒传艺'

/** Goes on writing where the text ends, character by character. */
async function write(page: Page, field: ReturnType<Page['locator']>, random: Random): Promise<void> {
  await field.click()
  await page.keyboard.press('Control+End')
  const text = Array.from({ length: random.between(3, 40) }, () => random.pick([...characters])).join('')
  await page.keyboard.type(text, { delay: random.pick([0, 20, 60, 150]) })
}
