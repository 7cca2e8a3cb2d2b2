/** A real PostgreSQL on a folder of its own: made once, started, watched, stopped. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { binaries, postgresUser, type SystemUser } from './binaries'
import { clusterFolder } from './clusterFolder'
import { inUse, isOurs, stopLeftover } from './leftover'

export interface Cluster {
  /** Of the database `jiangshen`. */
  url: string
  /** Where the database's own files stand. */
  folder: string
  stop(): Promise<void>
}

const DATABASE = 'jiangshen'
export const clusterUrl = (password: string, port: number, database = DATABASE) =>
  `postgres://jiangshen:${password}@127.0.0.1:${port}/${database}`
/** ms between tries: workers of a killed server live on for a moment, and no other may start beside them. */
const PAUSE = { first: 50, longest: 5000 }

/**
 * Starts the cluster of a data folder. A leftover of a killed process is stopped first.
 * @param flags settings for `postgres -c`, for tests
 * @throws when another process uses the folder
 */
export async function startCluster(dataDir: string, flags: readonly string[] = []): Promise<Cluster> {
  const user = postgresUser()
  const native = await binaries(user)
  const { folder, password } = await clusterFolder(dataDir, native, user)
  const urlAt = (port: number, database: string) => clusterUrl(password, port, database)
  const clear = () => stopLeftover(folder, (port) => urlAt(port, 'postgres'), dataDir)
  await clear()

  const port = await freePort()
  const run = () => launch(folder, native, port, flags, user)
  let child = run()
  let stopping = false
  let pause = PAUSE.first
  const first = await started()
  let owner = first
  hold(first)
  watch(child)
  await first.query(`create database ${DATABASE}`).catch((reason: { code?: string }) => {
    if (reason.code !== '42P04') throw reason
  })
  return {
    url: urlAt(port, DATABASE),
    folder,
    stop: async () => {
      stopping = true
      await owner.end().catch(() => undefined)
      if (hasEnded(child)) return
      const exited = new Promise((done) => child.once('exit', done))
      child.kill('SIGINT')
      await exited
    },
  }

  async function started(): Promise<Client> {
    for (let tries = 0; ; tries++)
      try {
        return await ready(urlAt(port, 'postgres'), () => hasEnded(child), dataDir)
      } catch (reason) {
        if (!hasEnded(child) || tries >= 20) {
          child.kill('SIGINT')
          throw reason
        }
        // Perhaps somebody started on this folder at the same moment.
        await wait(PAUSE.first * 5).then(clear)
        child = run()
      }
  }

  /** Keeps the owner's lock as long as we live: a recovery ends its connection, and then it is taken again. */
  function hold(client: Client): void {
    owner = client
    pause = PAUSE.first
    client.once('end', () => void takeAgain())
  }
  async function takeAgain(): Promise<void> {
    if (stopping) return
    try {
      hold(await ready(urlAt(port, 'postgres'), () => stopping, dataDir))
    } catch {
      await wait(PAUSE.longest).then(takeAgain)
    }
  }

  /** Supervised: a database that died is started again, and recovers by itself. */
  function watch(watched: ChildProcess): void {
    watched.once('exit', () => void again())
  }
  async function again(): Promise<void> {
    await wait(pause)
    if (stopping) return
    pause = Math.min(pause * 2, PAUSE.longest)
    child = run()
    watch(child)
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

function launch(
  folder: string,
  native: string,
  port: number,
  flags: readonly string[],
  user: SystemUser | undefined,
): ChildProcess {
  const log = openSync(`${folder}.log`, 'a', 0o600)
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100', ...flags]
  // A group of its own: Ctrl-C is for us, and the database stops after the last request was answered.
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', folder, ...settings.flatMap((setting) => ['-c', setting])], {
    ...user,
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  child.on('error', () => undefined)
  return child
}

/** Waits for the first connection, and takes the owner's lock on it. */
async function ready(url: string, gaveUp: () => boolean, dataDir: string): Promise<Client> {
  for (let tries = 0; tries < 1500 && !gaveUp(); tries++) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
    } catch {
      await wait(20)
      continue
    }
    if (await isOurs(client)) return client
    await client.end()
    throw inUse(dataDir)
  }
  throw new Error(`数据库没有启动。原因写在数据库文件夹旁的日志里；也可能另一个进程正在使用 ${resolve(dataDir)}。`)
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
