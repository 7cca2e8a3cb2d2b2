/** The embedded database's folder and connections, when something dies at a bad moment. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { contextOf } from '../../mock-server/app'
import { postgresUser } from '../../mock-server/db/binaries'
import { startCluster } from '../../mock-server/db/embedded'
import { connect } from '../../mock-server/db/connect'
import { accounts, files as fileRows } from '../../mock-server/db/schema'
import { seed } from '../../mock-server/demo/seed'
import { diskStorage } from '../../mock-server/files/storage'
import { call2021 } from '../../src/domain/calls/2021'
import { samples } from '../support/samples'
import { testKeys } from '../support/keys'
import { application, nineOClock } from './application'

const room = await mkdtemp(join(tmpdir(), 'jiangshen-room-'))
await chmod(room, 0o755)
afterAll(() => rm(room, { recursive: true, force: true }))

describe('the folder of the embedded database', () => {
  it('is the same at the second start, also when the first one had to make the data folder', async () => {
    const data = join(room, '还没有的文件夹')
    const first = await startCluster(data)
    await first.stop()
    const second = await startCluster(data)
    await second.stop()
    expect(second.folder).toBe(first.folder)
  }, 60_000)

  it('fault 31: is started on again when another program has the number of its killed database by now', async () => {
    const data = join(room, 'restarted')
    await mkdir(data)
    const first = await startCluster(data)
    const lock = join(first.folder, 'postmaster.pid')
    const pid = Number((await readFile(lock, 'utf8')).split('\n')[0])
    const stranger = spawn('sleep', ['60'], { ...postgresUser() })
    await first.stop()
    // As after a restart of the machine: the file names a process that lives, and is none of ours.
    await writeFile(lock, [stranger.pid, first.folder, 1, 1, '', '127.0.0.1', '', 'ready', ''].join('\n'))
    const second = await startCluster(data)
    expect(Number((await readFile(lock, 'utf8')).split('\n')[0])).not.toBe(pid)
    expect(stranger.exitCode, 'the stranger lives').toBeNull()
    await second.stop()
    stranger.kill()
    await once(stranger, 'exit')
  }, 60_000)

  it('fault 36: two that start on a new folder at the same moment: one runs, the other is refused', async () => {
    const data = join(room, 'two')
    const code = `import { startCluster } from './mock-server/db/embedded.ts'
      startCluster(${JSON.stringify(data)}).then(() => console.log('running'), (reason) => console.log(reason.message))
      setInterval(() => {}, 1000)`
    const both = [0, 1].map(() =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const said = await Promise.all(both.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])))
    for (const child of both) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    expect(said.filter((line) => line.startsWith('running'))).toHaveLength(1)
    expect(said.join()).toContain('另一个进程正在使用数据文件夹')
    await (await startCluster(data)).stop()
  }, 60_000)
})

it('fault 36: a folder stays taken after its database had to recover by itself', async () => {
  const data = join(room, 'recovered')
  await mkdir(data)
  const cluster = await startCluster(data)
  const db = connect(cluster.url.replace(/jiangshen$/, 'postgres'))
  const ask = async (text: string) => (await db.execute<{ n: number }>(sql.raw(text)).catch(() => ({ rows: [] }))).rows[0]?.n
  const holder = `select pid as n from pg_locks where locktype = 'advisory'`
  const [before, worker] = [await ask(holder), await ask('select pg_backend_pid() as n')]
  if (!before || !worker) throw new Error('The folder is held by nobody')
  process.kill(worker, 'SIGKILL')
  // One worker that dies makes the database end every connection, also the one that holds the lock.
  await expect.poll(async () => ![undefined, before].includes(await ask(holder)), { timeout: 30_000 }).toBe(true)
  await expect(startCluster(data)).rejects.toThrow('另一个进程正在使用数据文件夹')
  await db.$client.end()
  await cluster.stop()
}, 60_000)

describe('a server whose database', () => {
  it('fault 32: ends a connection in the middle of a transaction fails that request and lives on', async () => {
    const { db } = await application()
    const other = connect(String(db.$client.options.connectionString), { max: 1 })
    const broken = db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await other.execute(sql`select pg_terminate_backend(${rows[0]?.pid})`)
      // Nothing is being asked when the connection breaks.
      await wait(200)
      await tx.execute(sql`select 1`)
    })
    await expect(broken).rejects.toThrow('Failed query')
    expect((await db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
    await other.$client.end()
  })

  it('fault 34: breaks a connection at the very beginning of a transaction has it back in the pool', async () => {
    const { db: first } = await application()
    const db = connect(String(first.$client.options.connectionString), { max: 1 })
    await db.execute(sql`select 1`)
    // Dead, but nobody has noticed yet: what is asked first fails.
    db.$client.once('acquire', (client) => (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy())
    await expect(db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow('begin')
    expect((await db.transaction((tx) => tx.execute(sql`select 1 as one`))).rows).toEqual([{ one: 1 }])
    await db.$client.end()
  })

  it('fault 31: was killed while the samples were loaded has them whole after the next start', async () => {
    const files = diskStorage(await mkdtemp(join(room, 'files-')))
    const { db } = await application({ files })
    const sms = { send: () => Promise.resolve() }
    const context = await contextOf({ db, files, clock: () => nineOClock, sms, demonstration: true, keys: testKeys, call: call2021 })
    let left = 3
    const dying = { ...files, settle: (id: string) => (--left < 0 ? Promise.reject(new Error('killed')) : files.settle(id)) }
    await expect(seed({ ...context, files: dying })).rejects.toThrow('killed')
    await seed(context)
    for (const sample of samples) {
      const [account] = await db.select().from(accounts).where(eq(accounts.phone, sample.phone))
      expect(account?.name).toBe(sample.name)
    }
    const digests = new Set(samples.flatMap((sample) => sample.files.map(({ file }) => `${sample.id} ${file.sha256}`)))
    expect(await db.select().from(fileRows)).toHaveLength(digests.size)
  })
})
