/** Plain tus, client and server as the libraries come: what ours is compared with. */
import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Phone } from './phone'
import type { RunningServer } from './server'

export interface PlainServer extends RunningServer {
  folder: string
}

export async function startPlain(): Promise<PlainServer> {
  const folder = await mkdtemp(join(tmpdir(), 'plain-tus-'))
  const program = fileURLToPath(new URL('plainServer.mjs', import.meta.url))
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => resolve(Number(/port (\d+)/.exec(data.toString())?.[1])))
    child.once('exit', (code) => reject(new Error(`Plain tus ended with ${code}`)))
  })
  return {
    host: '127.0.0.1',
    port,
    folder,
    async stop() {
      child.kill('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** With 256 KiB chunks and the pauses of its documentation's example; where it gives up, its user presses again. */
export function plainUpload({ Tus }: Phone, buf: ArrayBuffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let pressed = 0
    const upload = new Tus(new Blob([buf]), {
      endpoint: '/api/files',
      chunkSize: 256 * 1024,
      retryDelays: [0, 1000, 3000, 5000],
      storeFingerprintForResuming: false,
      onSuccess: () => resolve(upload.url ?? ''),
      onError: (reason) => (++pressed > 20 ? reject(reason) : upload.start()),
    })
    upload.start()
  })
}

export async function plainDigests(folder: string): Promise<Set<string>> {
  const names = (await readdir(folder)).filter((name) => !name.endsWith('.json'))
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))))
  return new Set(files.map((bytes) => createHash('sha256').update(bytes).digest('hex')))
}
