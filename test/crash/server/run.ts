/** One run: people at work, kills at random moments, and everything counted after each. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { randomFrom, type Random } from '../random'
import type { Judge } from '../tally'
import { request, type Line, type Reply } from './http'
import { people, type Person } from './people'
import { answered } from './phone'
import { until } from './processes'
import { siteIn, type Site, type Victim } from './site'
import { judgePeople, judgeSamples } from './verdict'

export interface ServerRun {
  seed: number
  kills: number
  /** Two ports from here on. */
  port: number
  judge: Judge
  say(line: string): void
}

const KILLED_STARTS = 'starts that were killed as well, after so many ms'

/** Even seeds take the embedded database, odd ones a server through DATABASE_URL. */
export async function serverRun({ seed, kills, port, judge, say }: ServerRun): Promise<void> {
  const random = randomFrom(seed)
  const data = await mkdtemp(join(tmpdir(), 'jiangshen-crash-'))
  // PostgreSQL runs as another user where this runs as root.
  await chmod(data, 0o755)
  const site = await siteIn(data, seed % 2 === 0 ? 'embedded' : 'DATABASE_URL', { web: port, database: port + 1 })
  try {
    if (random.chance(0.5)) await killedStart(site, random.between(100, 2500), judge)
    await site.start()
    const line: Line = { url: site.url, cookie: '', onReply: (reply, path) => judgeReply(reply, path, judge) }
    await judgeSamples(line, judge, await site.databaseUrl())
    const complain = (what: string) => judge.check('uploads', false, () => what)
    const everybody = await people(line, random, complain)
    const known = new Set<string>()
    for (let n = 1; n <= kills; n++) {
      const victim = random.pick(site.victims)
      judge.at(`kill ${n} (${site.kind}, ${victim})`)
      const ms = await killed(site, victim, everybody, random, judge)
      judge.recovered(`${site.kind}: ${victim}`, ms)
      await judgePeople(everybody, judge, await site.databaseUrl(), known)
      say(`  ${site.kind}: ${victim} killed, back after ${ms} ms, ${counted(everybody)}`)
    }
    if (site.kind === 'embedded') {
      const said = await site.second(port + 2)
      judge.check('refused', /另一个进程正在使用数据文件夹/.test(said), () => said)
      await judgePeople(everybody, judge, await site.databaseUrl(), known)
    }
  } finally {
    await site.stop()
    await rm(data, { recursive: true, force: true })
  }
}

async function killedStart(site: Site, ms: number, judge: Judge): Promise<void> {
  judge.at(`first start killed after ${ms} ms`)
  judge.figure(KILLED_STARTS, ms)
  await site.startAndKill(ms)
}

/** Lets everybody work, kills, brings back. Resolves with the ms until the database answers through the portal. */
async function killed(site: Site, victim: Victim, everybody: readonly Person[], random: Random, judge: Judge): Promise<number> {
  const leaving = new AbortController()
  const work = everybody.map(async (person) => {
    while (!leaving.signal.aborted) {
      const well = await person.act()
      // A pace that the portal's own limit on requests allows.
      await wait(well ? 10 + Math.random() * 60 : 100)
    }
  })
  const end = async () => {
    leaving.abort()
    await Promise.all(work)
  }
  try {
    await wait(random.between(200, 2000))
    const before = site.postmaster()
    const from = Date.now()
    await site.kill(victim, random)
    if (victim === 'Node' || victim === 'everything') return await broughtBack(site, random, judge, end)
    const ms = victim === 'PostgreSQL' ? await databaseBack(site, before, random) : await workerBack(site)
    const back = Date.now()
    await wait(random.between(0, 500))
    judge.check('away', site.lives(), () => `Node died with its database:\n${site.said()}`)
    await end()
    // It must go on afterwards, whatever became of it.
    await site.start()
    return back - from - ms
  } finally {
    await end()
  }
}

/** Node starts the embedded database again; another server stays away for a while. Resolves with the ms that it stayed away. */
async function databaseBack(site: Site, before: number | null, random: Random): Promise<number> {
  const away = site.kind === 'embedded' ? 0 : random.between(300, 2500)
  await wait(away)
  if (away > 0) await site.start()
  await until('another database process runs', () => !site.lives() || ![null, before].includes(site.postmaster()))
  await answersAgain(site)
  return away
}

/** A worker that died makes the database end all others and recover; that begins within some ms. */
async function workerBack(site: Site): Promise<number> {
  await wait(100)
  await answersAgain(site)
  return 0
}

const answersAgain = (site: Site) => until('the database answers again', async () => !site.lives() || (await isReady(site.url)))

async function broughtBack(site: Site, random: Random, judge: Judge, end: () => Promise<void>): Promise<number> {
  await end()
  if (random.chance(0.3)) {
    const ms = random.between(50, 900)
    judge.figure(KILLED_STARTS, ms)
    await site.startAndKill(ms)
  }
  const from = Date.now()
  await site.start()
  await until('the portal is ready', () => isReady(site.url))
  return Date.now() - from
}

async function isReady(url: string): Promise<boolean> {
  const silent: Line = { url, cookie: '', onReply: () => undefined }
  return (await answered(request(silent, 'GET', '/api/ready')))?.status === 200
}

/** Whatever happens: no other failure than 503, and that one says when to come back. */
function judgeReply({ status, headers, bytes }: Reply, path: string, judge: Judge): void {
  if (status < 400) return
  const fine = status === 503 && (headers.has('retry-after') || path.includes('/api/files'))
  // A submission that is still being written, and an upload that lost its place, are asked again.
  const expected = fine || status === 409 || status === 423
  judge.check('away', expected, () => `${path}: ${status} ${bytes.toString().slice(0, 300)}`)
}

function counted(everybody: readonly Person[]): string {
  const sum = (of: (person: Person) => number) => everybody.reduce((total, person) => total + of(person), 0)
  const confirmed = sum(({ files }) => files.filter((file) => file.confirmed).length)
  return `${sum(({ phone }) => phone.acknowledged.length)} operations, ${confirmed} files, ${sum(({ receipts }) => receipts.length)} receipts`
}
