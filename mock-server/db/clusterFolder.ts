/** Where a cluster's files stand, and how they come to be. */
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeNew } from '../newFile'
import { openRoom, SHARED_ROOM, type SystemUser } from './binaries'
import { inUse, isAlive } from './leftover'

export interface ClusterFolder {
  folder: string
  /** Of the database's owner. */
  password: string
}

/** The folder of a data folder's cluster, made if there is none yet. @param native where PostgreSQL's programs are */
export async function clusterFolder(dataDir: string, native: string, user: SystemUser | undefined): Promise<ClusterFolder> {
  // Before anybody asks who may enter it: a folder that isn't there lets nobody in.
  await mkdir(dataDir, { recursive: true })
  const folder = await roomFor(dataDir, user)
  const { password, isNew } = await passwordIn(dataDir)
  if (isNew) await setAside(folder, dataDir)
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder, native, password, user)
  return { folder, password }
}

/**
 * A folder that PostgreSQL's user can enter: in the data folder, else in a shared room under the folder's digest. Once
 * made it stays where it is, whoever may enter what in the meantime.
 */
async function roomFor(dataDir: string, user: SystemUser | undefined): Promise<string> {
  const here = resolve(dataDir, 'postgres')
  if (!user || existsSync(join(here, 'PG_VERSION'))) return here
  const elsewhere = join(SHARED_ROOM, createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16))
  const enters = spawnSync('test', ['-x', resolve(dataDir)], { ...user, cwd: '/' }).status === 0
  if (enters && !existsSync(join(elsewhere, 'PG_VERSION'))) return here
  await openRoom()
  return elsewhere
}

async function passwordIn(dataDir: string): Promise<{ password: string; isNew: boolean }> {
  const file = join(dataDir, 'postgres.password')
  const isNew = !existsSync(file) && (await writeNew(file, randomBytes(24).toString('hex')))
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
  // A killed process with this number may have left its half.
  await rm(half, { recursive: true, force: true })
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
  await rename(half, folder).catch(async (reason: unknown) => {
    await rm(half, { recursive: true, force: true })
    // Somebody who started at the same moment was quicker: which of us goes on is decided by the owner's lock.
    if (!existsSync(join(folder, 'PG_VERSION'))) throw reason
  })
}
