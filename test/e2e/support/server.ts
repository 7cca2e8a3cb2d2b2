/** The built server in a process of its own, on a free port and a data folder of its own. */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunningApp {
  url: string
  /** Ends the process and its database; with `keepData` they can be started again on the same folder. */
  stop(): Promise<void>
}

/**
 * @param args e.g. `['--now', '2021-04-20T09:00+08:00']`
 * @param env beside this process's own environment
 */
export async function startApp(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const data = await mkdtemp(join(tmpdir(), 'jiangshen-e2e-'))
  await chmod(data, 0o755)
  const child = spawn(process.execPath, ['dist-server/main.js', '--port', '0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let log = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      log += chunk.toString()
      const found = /匠申已启动：(\S+)/.exec(log)?.[1]
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${log}`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await exited
      await rm(data, { recursive: true, force: true })
    },
  }
}
