/** Opens written documents with LibreOffice, as a city office would with Word, and hands back what it made of them. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestContext } from 'vitest'

const run = promisify(execFile)

const MISSING = 'LibreOffice is missing, the paper was not opened: apt-get install libreoffice-writer fonts-noto-cjk'

let known: Promise<boolean> | undefined

export function hasOffice(): Promise<boolean> {
  known ??= run('soffice', ['--version']).then(
    () => true,
    () => false,
  )
  return known
}

/**
 * Called first in a test that opens papers. Where LibreOffice is missing, the checks that count (CI) fail; on a
 * developer's machine, which needs nothing but Node, the test is reported as skipped, with the reason: never as passed.
 */
export async function needOffice({ skip }: Pick<TestContext, 'skip'>): Promise<void> {
  if (await hasOffice()) return
  if (process.env.CI) throw new Error(MISSING)
  skip(MISSING)
}

/**
 * Converts files in one go: most of the time is LibreOffice's start. Every call has a profile of its own, because a
 * second instance on the same one is refused.
 * @throws when LibreOffice is missing or made no file, with what it said.
 */
export async function convertAll(files: readonly Uint8Array[], from: 'docx', to: 'html' | 'pdf'): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'office-'))
  try {
    const sources = files.map((_, i) => join(folder, `paper${i}.${from}`))
    await Promise.all(files.map((bytes, i) => writeFile(sources[i] ?? '', bytes)))
    const profile = `-env:UserInstallation=file://${folder}/profile`
    const said = await run('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, ...sources])
    const made = files.map((_, i) => readFile(join(folder, `paper${i}.${to}`)))
    return await Promise.all(made).catch((cause: unknown) => {
      throw new Error(`LibreOffice made no ${to}: ${said.stdout}${said.stderr}`, { cause })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
