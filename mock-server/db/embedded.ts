/** A real PostgreSQL on a folder of its own: made once, started, watched, stopped. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, openSync, closeSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { binaries, openRoom, postgresUser, SHARED_ROOM, type SystemUser } from './binaries'

export interface Cluster {
  /** Of the database `jiangshen`. */
  url: string
  /** Where the database's own files stand. */
  folder: string
  stop(): Promise<void>
}

/** Held by the process that uses the folder, as long as it lives: a database lock can't go stale. */
const OWNER_LOCK = 5_902_022
const DATABASE = 'jiangshen'

/**
 * Starts the cluster of a data folder. A leftover of a killed process is stopped first.
 * @param flags settings for `postgres -c`, for tests
 * @throws when another process uses the folder
 */
export async function startCluster(dataDir: string, flags: readonly string[] = []): Promise<Cluster> {
  const user = postgresUser()
  const native = await binaries(user)
  const folder = await roomFor(dataDir, user)
  const { password, isNew } = await passwordIn(dataDir)
  if (isNew) await setAside(folder, dataDir)
  const urlAt = (port: number, database: string) => `postgres://jiangshen:${password}@127.0.0.1:${port}/${database}`
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder, native, password, user)
  await stopLeftover(folder, (port) => urlAt(port, 'postgres'), dataDir)

  const port = await freePort()
  const run = () => launch(folder, native, port, flags, user)
  let child = run()
  let stopping = false
  let owner = await ready(urlAt(port, 'postgres'), () => child.exitCode !== null, dataDir)
  // Supervised: a database that died is started again, and recovers by itself.
  const watch = (watched: ChildProcess) =>
    watched.once('exit', () => {
      if (stopping) return
      child = run()
      watch(child)
      void ready(urlAt(port, 'postgres'), () => stopping, dataDir).then(
        (next) => (owner = next),
        () => undefined,
      )
    })
  watch(child)
  await owner.query(`create database ${DATABASE}`).catch((reason: { code?: string }) => {
    if (reason.code !== '42P04') throw reason
  })
  return {
    url: urlAt(port, DATABASE),
    folder,
    stop: async () => {
      stopping = true
      await owner.end().catch(() => undefined)
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = new Promise((done) => child.once('exit', done))
      child.kill('SIGINT')
      await exited
    },
  }
}

/** A folder that PostgreSQL's user can enter: in the data folder, else in a shared room under the folder's digest. */
async function roomFor(dataDir: string, user: SystemUser | undefined): Promise<string> {
  const here = resolve(dataDir, 'postgres')
  if (!user) return here
  const enters = spawnSync('test', ['-x', resolve(dataDir)], { ...user, cwd: '/' }).status === 0
  if (enters) return here
  await openRoom()
  return join(SHARED_ROOM, createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16))
}

async function passwordIn(dataDir: string): Promise<{ password: string; isNew: boolean }> {
  await mkdir(dataDir, { recursive: true })
  const file = join(dataDir, 'postgres.password')
  const isNew = !existsSync(file)
  if (isNew) await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600, flag: 'wx' })
  return { password: await readFile(file, 'utf8'), isNew }
}

/** The data folder was emptied, but its database lay elsewhere: it is kept under another name, and a new one begins. */
async function setAside(folder: string, dataDir: string): Promise<void> {
  if (!existsSync(folder)) return
  const [pid] = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n').map(Number)
  if (pid && isAlive(pid)) throw inUse(dataDir)
  await rename(folder, `${folder}.${new Date().toISOString().replaceAll(':', '')}`)
}

/** Made beside its place and then moved there: a folder that was half made is never taken for a cluster. */
async function initialise(folder: string, native: string, password: string, user: SystemUser | undefined): Promise<void> {
  const half = `${folder}.${process.pid}`
  const secret = `${half}.password`
  await mkdir(half, { recursive: true, mode: 0o700 })
  await writeFile(secret, password, { mode: 0o600 })
  if (user) for (const path of [half, secret]) await chown(path, user.uid, user.gid)
  const options = ['-D', half, '-U', 'jiangshen', `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  const made = spawnSync(join(native, 'bin', 'initdb'), options, { ...user, cwd: '/', encoding: 'utf8' })
  await rm(secret)
  if (made.status !== 0) {
    await rm(half, { recursive: true, force: true })
    throw new Error(`数据库没能建立：${made.error?.message ?? made.stderr}`)
  }
  await rename(half, folder)
}

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
    const client = new Client({ connectionString: url })
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

const isOurs = async (client: Client) =>
  (await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [OWNER_LOCK])).rows[0]?.ours === true

const inUse = (dataDir: string) =>
  new Error(`另一个进程正在使用数据文件夹 ${resolve(dataDir)}。请先停掉它，或用 --data 换一个文件夹。`)

/** A killed Node leaves PostgreSQL running: whoever holds the owner's lock uses it, without a holder it is ours to stop. */
async function stopLeftover(folder: string, urlAt: (port: number) => string, dataDir: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid')
  const file = await readFile(lock, 'utf8').catch(() => '')
  const [pid, , , port] = file.split('\n').map(Number)
  if (!pid || !port || !isAlive(pid)) return
  const client = new Client({ connectionString: urlAt(port), connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch {
    // Somebody else's process got the number, or the leftover doesn't answer: starting will tell.
    return
  }
  const ours = await isOurs(client)
  await client.end()
  if (!ours) throw inUse(dataDir)
  process.kill(pid, 'SIGINT')
  // Not the process: unreaped in a container, it would seem to live on.
  for (let tries = 0; tries < 1500 && existsSync(lock); tries++) await wait(20)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (reason) {
    return (reason as { code?: string }).code === 'EPERM'
  }
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
