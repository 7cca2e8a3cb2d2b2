// Builds the app and the server. `--fresh` leaves nothing of an earlier build behind.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './run.mjs'

const ASSETS = 'dist/assets'
const EARLIER = 'node_modules/.cache/jiangshen/earlier-assets'
// A phone without a service worker may have a page of an earlier version open: its chunks stay this long.
const KEPT_DAYS = 14

const began = Date.now()
if (process.argv.includes('--fresh')) await rm(EARLIER, { recursive: true, force: true })
else await setAside()
if (!(await run('vite', ['build']))) process.exit(1)
await compress('dist')
await bringBack()
if (!(await run('node', ['scripts/build-server.mjs']))) process.exit(1)
// Sources that changed after this instant aren't in the build (scripts/start.mjs).
await writeFile('dist-server/built', String(began))

async function setAside() {
  if (!existsSync(ASSETS)) return
  await mkdir(EARLIER, { recursive: true })
  await cp(ASSETS, EARLIER, { recursive: true, preserveTimestamps: true })
}

async function bringBack() {
  if (!existsSync(EARLIER)) return
  for (const name of await readdir(EARLIER)) {
    const [from, to] = [join(EARLIER, name), join(ASSETS, name)]
    const { mtime } = await stat(from)
    if (began - mtime.getTime() > KEPT_DAYS * 86_400_000) await rm(from)
    else if (!existsSync(to)) {
      await cp(from, to)
      await utimes(to, mtime, mtime)
    }
  }
}

/** Once here rather than with every request: brotli's best level takes its time. */
async function compress(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg|json|webmanifest|wasm)$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    if (bytes.length < 1024) continue
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
    await writeFile(`${file}.br`, brotliCompressSync(bytes, { params: quality }))
    await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
