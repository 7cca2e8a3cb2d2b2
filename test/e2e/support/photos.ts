/** Real photos and what a journey does to them on the cards of a slot. */
import { expect, type Locator, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

/** What people pick by mistake or get from a bad download, with the words that tell them so. */
export function damaged(): { file: { name: string; mimeType: string; buffer: Buffer }; reason: RegExp }[] {
  const whole = readFileSync(realPhoto('orientation-1.jpg'))
  const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
  return [
    { file: jpeg('没下完.jpg', whole.subarray(0, whole.length / 2)), reason: /照片不完整，后面一部分丢了/ },
    { file: jpeg('图形.jpg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')), reason: /SVG 图形文件/ },
    { file: jpeg('程序.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(4096, 7)])), reason: /内容是程序/ },
    { file: jpeg('空.jpg', Buffer.alloc(0)), reason: /空的（0 字节）/ },
  ]
}

/** A sound photo of 60 MB: what makes it large stands in comments before the picture. */
export async function hugePhoto(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'jiangshen-photo-'))
  const whole = readFileSync(realPhoto('gps.jpg'))
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0xff, 0xff]), Buffer.alloc(65_533, 65)])
  const path = join(folder, '大照片.jpg')
  await writeFile(path, Buffer.concat([whole.subarray(0, 2), ...Array.from({ length: 960 }, () => comment), whole.subarray(2)]))
  return { path, remove: () => rm(folder, { recursive: true }) }
}
