/**
 * Draws the pictures of the sample applications anew: npx tsx test/support/pictures/make.ts
 * JPEG without metadata, at most 80 kB each, and manifest.ts with their facts.
 */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { chromium, type Page } from '@playwright/test'
import sharp from 'sharp'
import type { FileFacts } from '../../../src/domain/forms/kinds'
import { drawings, resultPages } from './list'
import type { Drawing } from './papers'

const LARGEST = 80_000

async function jpegOf(page: Page, { width, height, html }: Drawing): Promise<Buffer> {
  await page.setViewportSize({ width, height })
  await page.setContent(`<style>*{box-sizing:border-box}body{margin:0}</style>${html}`)
  const shot = await page.screenshot({ type: 'png' })
  for (let quality = 84; ; quality -= 6) {
    const bytes = await sharp(shot).removeAlpha().jpeg({ quality }).toBuffer()
    if (bytes.length <= LARGEST || quality < 40) return bytes
  }
}

async function pdfOf(pages: Buffer[], size: Drawing): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  for (const bytes of pages) {
    const image = await pdf.embedJpg(bytes)
    pdf.addPage([595, 842]).drawImage(image, { width: 595, height: (595 * size.height) / size.width })
  }
  return pdf.save()
}

const facts = (bytes: Uint8Array, rest: Pick<FileFacts, 'type' | 'width' | 'height' | 'pages' | 'name'>): FileFacts => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: bytes.length,
  ...rest,
})

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
const manifest: Record<string, FileFacts> = {}
const keep = async (name: string, bytes: Uint8Array, rest: Pick<FileFacts, 'type' | 'width' | 'height' | 'pages'>) => {
  const fileName = `${name}.${rest.type === 'image/jpeg' ? 'jpg' : 'pdf'}`
  await writeFile(join(import.meta.dirname, fileName), bytes)
  manifest[name] = facts(bytes, { ...rest, name: fileName })
  process.stdout.write(`${fileName} ${bytes.length}\n`)
}
for (const [name, drawing] of Object.entries(drawings))
  await keep(name, await jpegOf(page, drawing), { type: 'image/jpeg', width: drawing.width, height: drawing.height })
const pages: Buffer[] = []
for (const drawing of resultPages) pages.push(await jpegOf(page, drawing))
const [first] = resultPages
if (first) await keep('studio-results', await pdfOf(pages, first), { type: 'application/pdf', pages: pages.length })
const pair = ([key, value]: [string, unknown]) => `${key}: ${typeof value === 'number' ? value : `'${String(value)}'`}`
const lines = Object.entries(manifest).map(([name, { sha256, ...rest }]) => {
  const others = Object.entries(rest).map(pair).join(', ')
  return `  '${name}': {\n    sha256: '${sha256}',\n    ${others},\n  },`
})
await writeFile(
  join(import.meta.dirname, 'manifest.ts'),
  `/** Written by make.ts. */
import type { FileFacts } from '../../../src/domain/forms/kinds'

export const manifest: Record<string, FileFacts> = {
${lines.join('\n')}
}
`,
)
await browser.close()
