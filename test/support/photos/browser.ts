/** src/photos built as it is for people, served on this machine, and opened in a real Chromium. */
import { chromium, type Browser, type Page } from '@playwright/test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, preview, type PreviewServer } from 'vite'
import type { PhotoPage } from './page/page'

export interface PhotoBrowser {
  page: Page
  /** Names of the built files. */
  assets: string[]
  close: () => Promise<void>
}

declare global {
  interface Window {
    photos: PhotoPage
  }
}

/** What the app will allow at most: no eval, wasm only for the HEIC decoder. */
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'"

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openPhotoBrowser(port: number): Promise<PhotoBrowser> {
  const outDir = mkdtempSync(join(tmpdir(), 'photos-'))
  const root = join(process.cwd(), 'test/support/photos/page')
  const common = { configFile: false, root, logLevel: 'error' } as const
  await build({
    ...common,
    publicDir: join(root, '..'),
    build: { outDir, emptyOutDir: true, target: 'es2022', reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
    worker: { format: 'es' },
  })
  const server: PreviewServer = await preview({
    ...common,
    build: { outDir },
    preview: { host: '127.0.0.1', port, headers: { 'content-security-policy': policy } },
  })
  const browser: Browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  await page.waitForFunction(() => 'photos' in window)
  const close = async () => {
    await browser.close()
    await server.close()
    rmSync(outDir, { recursive: true, force: true })
  }
  return { page, assets: readdirSync(join(outDir, 'assets')), close }
}
