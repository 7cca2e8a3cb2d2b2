/** Whether a page can be read, reached and pressed in every look. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './journey'
import { clipped, smallTargets, tooWide } from './measure'

/** The looks that can be chosen, by what they set on the page (src/ui/settings.ts). */
const looks = {
  light: { theme: 'light', elder: false, least: 44 },
  dark: { theme: 'dark', elder: false, least: 44 },
  elder: { theme: 'light', elder: true, least: 60 },
} as const
type Look = keyof typeof looks

/** @param words appear when the page is complete */
export async function faultsAt(page: Page, path: string, words?: string): Promise<string[]> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  if (words) await expect(page.getByText(words).first()).toBeVisible()
  return faultsOf(page, path)
}

/** What can't be read, reached or pressed on what is shown. */
export async function faultsOf(page: Page, where: string, seen = Object.keys(looks) as Look[]): Promise<string[]> {
  const faults: string[] = []
  for (const look of seen) {
    const add = (what: string, found: string[]) => faults.push(...found.map((one) => `${where} ${look}: ${what} ${one}`))
    await dress(page, look)
    add('axe', await violations(page, look))
    add('small', await smallTargets(page, looks[look].least))
    await page.setViewportSize({ width: 360, height: 780 })
    add('too wide', await tooWide(page))
    add('clipped', await clipped(page))
    await page.setViewportSize({ width: 390, height: 844 })
  }
  await dress(page, 'light')
  return faults
}

export const dress = (page: Page, look: Look) =>
  page.evaluate(({ theme, elder }) => {
    document.documentElement.dataset.theme = theme
    document.documentElement.toggleAttribute('data-elder', elder)
  }, looks[look])

/** Colours are the same in 长辈版, and all but colours in the dark: neither is looked at twice. */
async function violations(page: Page, look: Look): Promise<string[]> {
  // There are no frames here; without looking for them it takes half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  if (look === 'dark') axe.withRules(['color-contrast'])
  if (look === 'elder') axe.disableRules(['color-contrast'])
  return (await axe.analyze()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 160)}`))
}
