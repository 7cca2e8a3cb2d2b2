/** The pictures of the samples, read from disk. Their facts stand in manifest.ts, which pictures/make.ts writes. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifest } from '../pictures/manifest'
import type { SampleFile } from './sample'

/** @throws when no picture of that name was made. */
export function file(slot: string, name: string, cells: Pick<SampleFile, 'caption' | 'shot' | 'proves'> = {}): SampleFile {
  const facts = manifest[name]
  if (!facts) throw new Error(`No picture ${name}: run npx tsx test/support/pictures/make.ts`)
  return { slot, id: name, ...cells, file: facts, bytes: async () => new Uint8Array(await readFile(join(folder(), facts.name ?? ''))) }
}

// The bundled server lies in another folder of the same project: look upwards from here, then from where it was started.
function folder(): string {
  for (let at of [dirname(fileURLToPath(import.meta.url)), process.cwd()])
    for (;;) {
      const pictures = join(at, 'test/support/pictures')
      if (existsSync(join(pictures, 'manifest.ts'))) return pictures
      if (dirname(at) === at) break
      at = dirname(at)
    }
  throw new Error('The folder test/support/pictures is missing')
}
