import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bringBack, KEPT_DAYS, setAside } from '../../scripts/earlierAssets.mjs'

const DAY = 86_400_000
let folder: string
let assets: string
let store: string
let now: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiangshen-build-'))
  assets = join(folder, 'assets')
  store = join(folder, 'store')
  now = Date.parse('2021-04-20T09:00:00+08:00')
})
afterEach(() => rm(folder, { recursive: true }))

/** One build of the app: the folder is emptied, and these are its files. */
async function build(...names: string[]): Promise<void> {
  await setAside(assets, store)
  await rm(assets, { recursive: true, force: true })
  await mkdir(assets)
  for (const name of names) await writeFile(join(assets, name), `code of ${name}`)
  await bringBack(assets, store, now)
}
const served = async () => (await readdir(assets)).sort()

describe('fault 8: chunks of earlier versions', () => {
  it('stay beside those of the new one', async () => {
    await build('step-a.js', 'vue-1.js')
    now += DAY
    await build('step-b.js', 'vue-1.js')
    expect(await served()).toEqual(['step-a.js', 'step-b.js', 'vue-1.js'])
    expect(await readFile(join(assets, 'step-a.js'), 'utf8')).toBe('code of step-a.js')
  })

  it('stay for two weeks after they were replaced, however long they had been in use before', async () => {
    await build('step-a.js')
    now += 200 * DAY
    await build('step-b.js')
    now += KEPT_DAYS * DAY
    await build('step-c.js')
    expect(await served()).toEqual(['step-a.js', 'step-b.js', 'step-c.js'])
    now += DAY
    await build('step-d.js')
    expect(await served()).toEqual(['step-b.js', 'step-c.js', 'step-d.js'])
  })

  it('that come into use again start anew', async () => {
    await build('step-a.js')
    now += DAY
    await build('step-b.js')
    now += 10 * DAY
    await build('step-a.js')
    now += 10 * DAY
    await build('step-c.js')
    expect(await served()).toEqual(['step-a.js', 'step-b.js', 'step-c.js'])
  })

  it('survive a build that failed half-way, and a broken note', async () => {
    await build('step-a.js')
    await setAside(assets, store)
    await rm(assets, { recursive: true })
    await writeFile(join(store, 'since.json'), '{"step-a.js":')
    now += DAY
    await build('step-b.js')
    expect(await served()).toEqual(['step-a.js', 'step-b.js'])
  })
})
