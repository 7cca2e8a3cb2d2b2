/** A PostgreSQL server beside the portal, as DATABASE_URL names one: it stays down until it is started again. */
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { binaries, postgresUser } from '../../../mock-server/db/binaries'
import { startCluster } from '../../../mock-server/db/embedded'
import { childrenOf, killAll, postmasterOf, until } from './processes'

export interface OwnPostgres {
  url: string
  folder: string
  start(): Promise<void>
  /** All of its processes at once, as when the power goes. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Makes a cluster in `data` and starts it on `port`. */
export async function ownPostgres(data: string, port: number): Promise<OwnPostgres> {
  const first = await startCluster(data)
  await first.stop()
  const user = postgresUser()
  const program = join(await binaries(user), 'bin', 'postgres')
  const address = new URL(first.url)
  address.port = String(port)
  const { folder } = first
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=50']

  async function start() {
    const log = openSync(`${folder}.log`, 'a')
    spawn(program, ['-D', folder, ...settings.flatMap((one) => ['-c', one])], { ...user, cwd: '/', stdio: ['ignore', log, log] })
    closeSync(log)
    await until('PostgreSQL answers', () => answers(address.href))
  }
  async function kill() {
    const running = postmasterOf(folder)
    if (running) killAll([running.pid, ...childrenOf(running.pid)])
    await until('PostgreSQL is gone', async () => !(await answers(address.href)))
  }
  async function stop() {
    const running = postmasterOf(folder)
    if (!running) return
    process.kill(running.pid, 'SIGINT')
    await until('PostgreSQL has stopped', () => !postmasterOf(folder))
  }
  await start()
  return { url: address.href, folder, start, kill, stop }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
