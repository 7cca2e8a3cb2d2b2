import { randomUUID } from 'node:crypto'
import { link, open, rm } from 'node:fs/promises'

/** A secret's file: there whole and on disk, or not at all. Half of one would lock up for ever what it opens. False: it exists already. */
export async function writeNew(file: string, text: string): Promise<boolean> {
  const half = `${file}.${randomUUID()}`
  const handle = await open(half, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
    await link(half, file)
    return true
  } catch (reason) {
    if ((reason as { code?: string }).code === 'EEXIST') return false
    throw reason
  } finally {
    await handle.close()
    await rm(half)
  }
}
