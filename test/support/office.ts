/** Opens written documents with LibreOffice, as a city office would with Word, and hands back what it made of them. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What to do where LibreOffice is missing. */
export const OFFICE_MISSING = 'LibreOffice is missing: apt-get install libreoffice-writer fonts-noto-cjk'

export async function hasOffice(): Promise<boolean> {
  return run('soffice', ['--version']).then(
    () => true,
    () => false,
  )
}

/**
 * Converts one file. Every call has a profile of its own: LibreOffice refuses a second instance on the same one.
 * @throws when LibreOffice is missing or made no file, with what it said.
 */
export async function convert(bytes: Uint8Array, from: 'docx', to: 'html' | 'pdf'): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'office-'))
  try {
    await writeFile(join(folder, `paper.${from}`), bytes)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    const said = await run('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, join(folder, `paper.${from}`)])
    return await readFile(join(folder, `paper.${to}`)).catch((cause: unknown) => {
      throw new Error(`LibreOffice made no ${to}: ${said.stdout}${said.stderr}`, { cause })
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
