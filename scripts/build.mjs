// Builds the app and the server. `--fresh` leaves nothing of an earlier build behind.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildServer } from './buildServer.mjs'
import { bringBack, setAside } from './earlierAssets.mjs'
import { run } from './run.mjs'

const ASSETS = 'dist/assets'
const EARLIER = 'node_modules/.cache/jiangshen/earlier-assets'

const began = Date.now()
if (process.argv.includes('--fresh')) await rm(EARLIER, { recursive: true, force: true })
else await setAside(ASSETS, EARLIER)
if (!(await run('vite', ['build']))) process.exit(1)
await compress('dist')
await bringBack(ASSETS, EARLIER, began)
await buildServer('dist-server')
// Sources that changed after this instant aren't in the build (scripts/start.mjs).
await writeFile('dist-server/built', String(began))

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
