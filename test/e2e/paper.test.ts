import type { Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import type { ServerInfo } from '../../src/domain/api'
import { convertAll, needOffice } from '../support/office'
import { samples } from '../support/samples'
import { addFile, picked, slotGroup } from './support/fill'
import { begin, expect, openSample, saved, test, untilOfflineReady } from './support/journey'

test('the papers of both awards are made offline, and LibreOffice opens them with every answer in its cell', async ({ page, context }) => {
  await needOffice({ skip })
  const { call } = (await (await page.request.get('/api/call')).json()) as ServerInfo
  const files: Uint8Array[] = []
  for (const [award, picture] of [['技能大师工作室', ''], ['企业首席技师', 'portrait']] as const) {
    const draft = await openSample(page, award)
    await untilOfflineReady(page)
    // Its bytes come to this phone when it is looked at for the first time.
    if (picture) {
      await page.goto(`/apply/${draft}/${picture}`)
      await expect(page.locator('.photo').locator('img')).toBeVisible()
    }
    await page.goto(`/apply/${draft}/review`)
    await context.setOffline(true)
    await page.getByRole('button', { name: '打印与下载' }).click()
    const papers = page.getByRole('radiogroup', { name: '选择文件' }).getByRole('radio')
    await expect(papers).toHaveCount(2)
    for (const paper of await papers.all()) {
      await paper.check()
      files.push(await download(page))
    }
    await context.setOffline(false)
  }
  // On an empty page: the app's own policy lets no markup be parsed.
  const desk = await context.newPage()
  const opened = await Promise.all((await convertAll(files, 'docx', 'html')).map((html) => cellsOf(desk, html)))

  const [studio, technician] = samples.map((sample) => sample.answers(call)) as [Answers, Answers]
  const [annex1, report, annex2, dossier] = opened
  for (const [label, answer] of [
    ['申报单位', studio.employer],
    ['工作室名称', `无锡市${studio.leaderName}技能大师工作室`],
    ['领办人', studio.leaderName],
    ['身份证号', studio.idNumber],
    ['本人银行卡号', studio.bankCard],
    ['工作室面积及设备设施情况（可另附）', studio.facilities],
    ['今后工作开展计划（可另附）', studio.plan],
  ])
    expect([label, beside(annex1, label ?? '')]).toEqual([label, squeeze(answer)])
  for (const { name, age, merit } of studio.members ?? [])
    expect(annex1?.rows.find(([first]) => first === name)).toEqual(expect.arrayContaining([String(age), squeeze(merit)]))
  expect(report?.words).toContain(squeeze(studio.reportPlan))
  for (const [label, answer] of [
    ['姓名', technician.name],
    ['身份证号码', technician.idNumber],
    ['职业(工种)：', technician.occupation],
    ['工种岗位', technician.post],
    ['联系电话', technician.phone],
    ['主要业绩', `2000字以内${technician.achievements}`],
  ])
    expect([label, beside(annex2, label ?? '')]).toEqual([label, squeeze(answer)])
  for (const { where } of technician.experience ?? []) expect(annex2?.rows.flat()).toContain(squeeze(where))
  expect(annex2?.pictures, 'the portrait').toBe(1)
  expect(dossier?.words).toContain(squeeze(technician.dossierText))
})

test('the preview marks what is missing and leads to it, offline too', async ({ page, context }) => {
  await page.goto('/')
  await untilOfflineReady(page)
  const draft = await begin(page, '企业首席技师')
  await context.setOffline(true)
  await page.goto(`/apply/${draft}/person`)
  await page.getByLabel('姓名', { exact: true }).fill('陆启明')
  await saved(page)
  await page.goto(`/apply/${draft}/paper`)
  await expect(page.getByText(/还有 \d+ 处没有填/)).toBeVisible()
  const sheet = page.getByRole('article', { name: /申报表/ })
  await expect(sheet.getByRole('cell', { name: '陆启明' }).first()).toBeVisible()
  const row = sheet.getByRole('row').filter({ hasText: '政治面貌' })
  await row.getByRole('button', { name: '没有填' }).first().click()
  await page.waitForURL(/\/person\?/)
  await expect(page.locator(':focus')).toHaveAttribute('aria-required', 'true')
})

test('sealed pages become outdated when a printed answer changes, and the step names it', async ({ page }) => {
  const sample = samples.find(({ award }) => award === 'technician')
  if (!sample) throw new Error('No sample')
  const draft = await begin(page, '企业首席技师')
  const phone = page.getByLabel('联系电话', { exact: true })
  await page.goto(`/apply/${draft}/contact`)
  await phone.fill('13800000002')
  await saved(page)
  await page.goto(`/apply/${draft}/paper`)
  await download(page)

  await page.goto(`/apply/${draft}/seal`)
  await addFile(slotGroup(page, '盖章的申报表'), await picked(sample, 'sealedAnnex', 'sealed-annex2-1'), 1)
  const outdated = page.getByRole('alert').filter({ hasText: '盖章之后内容又改过' })
  await expect(page.getByText(/现在的打印码/)).toBeVisible()
  await expect(outdated).toBeHidden()

  await page.goto(`/apply/${draft}/contact`)
  await phone.fill('13800000003')
  await saved(page)
  await page.goto(`/apply/${draft}/seal`)
  await expect(outdated).toContainText('联系电话')
  await page.goto(`/apply/${draft}/contact`)
  await phone.fill('13800000002')
  await saved(page)
  await page.goto(`/apply/${draft}/seal`)
  await expect(page.getByText(/现在的打印码/)).toBeVisible()
  await expect(outdated).toBeHidden()
})

// Playwright's own way to skip, in vitest's words.
const skip = ((why?: string) => test.skip(true, why)) as Parameters<typeof needOffice>[0]['skip']

type Answers = Record<string, string | undefined> & {
  members?: { name: string; age: number; merit: string }[]
  experience?: { where: string }[]
}
interface Opened {
  rows: string[][]
  words: string
  pictures: number
}

async function download(page: Page): Promise<Uint8Array> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载 Word 文件' }).click()
  return new Uint8Array(await readFile(await (await downloading).path()))
}

/** White space differs with every renderer; words must not. */
const squeeze = (text = '') => text.replace(/[\s\u00a0]+/g, '')

/** The browser at hand reads what LibreOffice made. */
const cellsOf = (page: Page, html: Uint8Array): Promise<Opened> =>
  page.evaluate((text) => {
    const read = new DOMParser().parseFromString(text, 'text/html')
    const words = (place: Element) => (place.textContent ?? '').replace(/[\s\u00a0]+/g, '')
    return {
      rows: [...read.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('td, th')].map(words)),
      words: words(read.body),
      pictures: read.querySelectorAll('img').length,
    }
  }, new TextDecoder().decode(html))

function beside(paper: Opened | undefined, label: string): string | undefined {
  for (const row of paper?.rows ?? []) {
    const at = row.indexOf(squeeze(label))
    if (at >= 0) return row[at + 1]
  }
  return undefined
}
