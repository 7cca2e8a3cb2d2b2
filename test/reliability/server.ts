/** The server as it is delivered, in a process of its own. */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildServer } from '../../scripts/buildServer.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface RunningServer {
  host: string
  port: number
  stop(): Promise<void>
}

export async function startServer(): Promise<RunningServer> {
  // Two folders below the root, where it finds the migrations.
  const folder = join(root, `node_modules/.reliability-${process.pid}`)
  await buildServer(folder)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const data = await mkdtemp(join(tmpdir(), 'jiangshen-reliability-'))
  await chmod(data, 0o755)
  const child = spawn(process.execPath, [join(folder, 'main.js'), '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let log = ''
  const url = await new Promise<URL>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk.toString()
      const found = /匠申已启动：(\S+)/.exec(log)?.[1]
      if (found) resolve(new URL(found))
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${log}`)))
  })
  return {
    host: url.hostname,
    port: Number(url.port),
    async stop() {
      child.kill('SIGTERM')
      await exited
      await rm(data, { recursive: true, force: true })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
