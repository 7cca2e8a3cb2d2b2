/** What a killed process left behind, and who uses a folder. */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'

/** Held by the process that uses the folder, as long as it lives: a database lock can't go stale. */
const OWNER_LOCK = 5_902_022

/** Takes the owner's lock on this connection. */
export const isOurs = async (client: Client) =>
  (await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [OWNER_LOCK])).rows[0]?.ours === true

export const inUse = (dataDir: string) =>
  new Error(`另一个进程正在使用数据文件夹 ${resolve(dataDir)}。请先停掉它，或用 --data 换一个文件夹。`)

/** A killed Node leaves PostgreSQL running: whoever holds the owner's lock uses it, without a holder it is ours to stop. */
export async function stopLeftover(folder: string, urlAt: (port: number) => string, dataDir: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid')
  const file = await readFile(lock, 'utf8').catch(() => '')
  const [pid, , , port] = file.split('\n').map(Number)
  if (!pid || !port || !isAlive(pid)) return
  if (await isSomethingElse(pid)) return disown(lock, file)
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

/**
 * A killed database that nobody has reaped, or another program that got its number after a restart: PostgreSQL would
 * take either for a running server and never start again. Where there is no /proc it is left to decide by itself.
 */
async function isSomethingElse(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command !== null && !command.includes('postgres')
}

/**
 * Puts our number into the lock file: a server's own parent can't be the server that holds it. Everything else in the
 * file stays, so that PostgreSQL still looks for workers that live on in the old memory.
 */
async function disown(lock: string, file: string): Promise<void> {
  await writeFile(lock, file.replace(/^\d+/, String(process.pid)))
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (reason) {
    return (reason as { code?: string }).code === 'EPERM'
  }
}
