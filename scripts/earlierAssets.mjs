// A phone without a service worker may have a page of an earlier version open: its chunks are served on for a while.
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const DAY = 86_400_000
export const KEPT_DAYS = 14
/** File name → ms when a new build took its place. */
const SINCE = 'since.json'

/**
 * Before a build empties the folder: its files are laid aside.
 * @param {string} assets the folder of the build
 * @param {string} store
 */
export async function setAside(assets, store) {
  if (!existsSync(assets)) return
  await mkdir(store, { recursive: true })
  await cp(assets, store, { recursive: true })
}

/**
 * After the build: what it no longer contains comes back beside the new files, until it has been out of use for
 * `KEPT_DAYS`. That counts from the build that replaced it: a version may have been in use for months before.
 * @param {string} assets
 * @param {string} store
 * @param {number} now ms
 */
export async function bringBack(assets, store, now) {
  if (!existsSync(store)) return
  const current = new Set(existsSync(assets) ? await readdir(assets) : [])
  const before = await readSince(store)
  /** @type {Record<string, number>} */
  const since = {}
  for (const name of await readdir(store)) {
    if (name === SINCE || current.has(name)) continue
    const replaced = before[name] ?? now
    if (now - replaced > KEPT_DAYS * DAY) await rm(join(store, name))
    else {
      since[name] = replaced
      await cp(join(store, name), join(assets, name))
    }
  }
  await writeFile(join(store, SINCE), JSON.stringify(since))
}

/**
 * @param {string} store
 * @returns {Promise<Record<string, number>>}
 */
async function readSince(store) {
  try {
    return JSON.parse(await readFile(join(store, SINCE), 'utf8'))
  } catch {
    // A first build, or a broken note: then they count from now on.
    return {}
  }
}
