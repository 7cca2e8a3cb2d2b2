/** One kill of each kind, and what else a server must live through. `npm run test:crash` does the kills by the hundred. */
import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Receipt } from '../../src/domain/submission'
import { randomFrom } from '../crash/random'
import type { Line } from '../crash/server/http'
import { people, type Person } from '../crash/server/people'
import { until } from '../crash/server/processes'
import { siteIn, type Site } from '../crash/server/site'
import { judgePeople } from '../crash/server/verdict'
import { judgeOf, newTally } from '../crash/tally'
import { applicant, asReceipt } from './applicant'
import { application, begin, nineOClock, phoneOf, signIn } from './application'

const source = ['--import', 'tsx', 'mock-server/main.ts']

describe('people at work, and a kill -9', () => {
  const tally = newTally()
  const judge = judgeOf(tally, 'crash.test.ts')
  const random = randomFrom(1)
  const met: number[] = []
  let site: Site
  let data = ''
  let everybody: Person[] = []

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'jiangshen-crash-'))
    await chmod(data, 0o755)
    site = await siteIn(data, 'embedded', { web: await freePort(), database: 0 }, source)
    await site.start()
    const line: Line = { url: site.url, cookie: '', onReply: ({ status, headers }) => met.push(headers.has('retry-after') ? -status : status) }
    everybody = await people(line, random, (what) => judge.check('uploads', false, () => what))
    // Until the first receipt, so that there is one of everything.
    await work(() => everybody.every(({ receipts, name }) => name !== 'applicant' || receipts.length > 0))
  }, 120_000)
  afterAll(async () => {
    await site.stop()
    await rm(data, { recursive: true, force: true })
  }, 60_000)

  /** Everybody goes on until it is enough; who gets no answer asks again. */
  async function work(enough: () => boolean): Promise<void> {
    const end = Date.now() + 60_000
    await Promise.all(everybody.map(async (person) => {
      while (!enough() && Date.now() < end) await person.act()
    }))
  }
  /** Kills while everybody works, and lets them go on for some requests. */
  async function killed(victim: Parameters<Site['kill']>[0]): Promise<void> {
    const from = met.length
    let dead = false
    await Promise.all([
      work(() => (dead && met.length > from + 40) || (dead && !site.lives())),
      until('some requests', () => met.length > from + 20).then(() => site.kill(victim, random)).then(() => (dead = true)),
    ])
  }
  async function expectEverything(): Promise<void> {
    await judgePeople(everybody, judge, await site.databaseUrl(), new Set())
    expect(tally.failures).toEqual([])
    expect(tally.counts.get('verdicts')?.checked).toBeGreaterThan(100)
    expect(tally.counts.get('receipts')?.checked).toBeGreaterThan(1)
    expect(tally.counts.get('uploads')?.checked).toBeGreaterThan(20)
  }

  it('fault 31: of Node leaves all or nothing, and what was acknowledged once', async () => {
    await killed('Node')
    await site.start()
    await expectEverything()
  }, 120_000)

  it('fault 32: of the database is 503 with Retry-After until Node has started it again', async () => {
    const before = site.postmaster()
    met.length = 0
    await killed('PostgreSQL')
    await until('another database runs', () => ![null, before].includes(site.postmaster()))
    expect(site.lives()).toBe(true)
    expect(met.map(Math.abs).filter((status) => status >= 500 && status !== 503)).toEqual([])
    await work(() => met.slice(-5).every((status) => status > 0 && status < 400))
    await expectEverything()
  }, 120_000)

  it('fault 36: and a second process on the same folder is refused, the first goes on', async () => {
    expect(await site.second(await freePort())).toContain('另一个进程正在使用数据文件夹')
    await expectEverything()
  }, 120_000)
})

it('fault 34: with every connection in use, the answer is 503 and says when to come back', async () => {
  const server = await application()
  const { ask } = await signIn(server)
  const held = await Promise.all(Array.from({ length: 8 }, () => server.db.$client.connect()))
  const { status, body, headers } = await ask('POST', '/api/sync/pull', { device: randomUUID(), client: 1, cursors: {} })
  for (const client of held) client.release()
  expect([status, body.code]).toEqual([503, 'unavailable'])
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('GET', '/api/sessions/current')).status).toBe(200)
})

it('fault 33: a full disk under the database answers 507 and acknowledges nothing', async () => {
  const server = await application()
  const person = await signIn(server)
  const phone = phoneOf(person)
  const draft = randomUUID()
  await phone.push([begin(draft)])
  // As PostgreSQL says it, in the middle of the transaction.
  await server.db.$client.query(`
    create function full_disk() returns trigger language plpgsql as $$ begin raise 'No space left' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on operations execute function full_disk()`)
  const operation = phone.next({ draft, path: 'name', value: '陆启明' })
  const push = () => person.ask('POST', '/api/sync/push', { device: phone.id, client: 1, operations: [operation] })
  const refused = await push()
  expect([refused.status, refused.body.code]).toEqual([507, 'storage-full'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await phone.pull()).drafts[0]).toMatchObject({ revision: 1 })

  await server.db.$client.query('drop trigger full_disk on operations')
  expect((await push()).body.verdicts).toEqual([{ seq: 2, verdict: 'applied', version: 2 }])
})

it("fault 45: the server's clock steps back, and arrivals stay in order", async () => {
  const server = await application()
  const person = await applicant(server)
  const first = asReceipt((await person.submit()).body)
  server.clock.now = nineOClock - 3_600_000
  await person.device.push([{ draft: person.draft, path: 'qq', value: '100002022', base: 0 }])
  const second: Receipt = asReceipt((await person.submit()).body)
  expect(Date.parse(second.at)).toBeGreaterThanOrEqual(Date.parse(first.at))
  const { receipts } = (await person.ask('GET', `/api/drafts/${person.draft}/receipts`)).body as { receipts: Receipt[] }
  expect(receipts.map(({ number }) => number)).toEqual([second.number, first.number])
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
