/** Real photos and what a journey does to them on the cards of a slot. */
import { expect, type Locator, type Page } from '@playwright/test'
import { join } from 'node:path'

export const realPhoto = (name: string) => join('test/support/photos', name)

/** The cards of a slot in their order. */
export const cards = (group: Locator) => group.locator('.photo')

/** Opens a picture over the whole screen and tells its size in pixels. */
export async function fullSize(page: Page, card: Locator): Promise<{ width: number; height: number }> {
  await card.getByRole('button', { name: /放大看/ }).click()
  const dialog = page.getByRole('dialog')
  const image = dialog.getByRole('img')
  await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth)).toBeTruthy()
  const size = await image.evaluate(({ naturalWidth: width, naturalHeight: height }: HTMLImageElement) => ({ width, height }))
  await dialog.getByRole('button', { name: '关闭' }).click()
  await expect(dialog).toBeHidden()
  return size
}
