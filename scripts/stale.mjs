// Whether a build is needed before the app can be run as it stands in the source.
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

const SOURCES = ['src', 'mock-server', 'public', 'scripts', 'test/support', 'index.html', 'vite.config.ts', 'package-lock.json']

/** Whether the build is missing or older than what it is made of. */
export async function isStale() {
  if (!existsSync('dist/index.html') || !existsSync('dist-server/built')) return true
  const built = Number(await readFile('dist-server/built', 'utf8'))
  for (const source of SOURCES) if (existsSync(source) && (await newest(source)) > built) return true
  return false
}

/** The latest change below a path, in milliseconds; a folder's own time tells what was deleted. */
async function newest(path) {
  const { mtimeMs } = await stat(path)
  const paths = existsSync(path) && (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : []
  const times = await Promise.all(paths.map(async (name) => (await stat(join(path, name))).mtimeMs))
  return Math.max(mtimeMs, ...times)
}
