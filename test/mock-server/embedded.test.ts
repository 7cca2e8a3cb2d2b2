import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { connect } from '../../mock-server/db/connect'
import { startCluster } from '../../mock-server/db/embedded'
import { sql } from 'drizzle-orm'

// A folder below a home that nobody else may enter, with a name that shells and encodings stumble over.
const home = await mkdtemp(join(homedir(), '.jiangshen test '))
const folder = join(home, '数据 1')
await mkdir(folder, { mode: 0o700 })
let elsewhere = ''
afterAll(async () => {
  for (const path of [home, elsewhere, `${elsewhere}.log`]) await rm(path, { recursive: true, force: true })
})

/** Another Node that starts the same cluster, and is killed. */
async function killedAfterStart(): Promise<void> {
  const code = `import { startCluster } from './mock-server/db/embedded.ts'
    startCluster(${JSON.stringify(folder)}).then(() => console.log('ready'))`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

it('a database in a folder of its own keeps what was written, through a stop and a kill', async () => {
  const first = await startCluster(folder)
  elsewhere = first.folder
  const db = connect(first.url)
  await db.execute(sql`create table kept as select 42 as answer`)
  await expect(startCluster(folder)).rejects.toThrow('另一个进程正在使用数据文件夹')
  expect((await stat(join(folder, 'postgres.password'))).mode & 0o777).toBe(0o600)
  await db.$client.end()
  await first.stop()

  await killedAfterStart()
  const second = await startCluster(folder)
  const again = connect(second.url)
  expect((await again.execute(sql`select answer from kept`)).rows).toEqual([{ answer: 42 }])
  await again.$client.end()
  await second.stop()
}, 60_000)
