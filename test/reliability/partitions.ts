/** A phone whose line goes bad in every way while its user types and takes photos; then the line heals. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Proxy, type Way } from '../support/proxy'
import { Random } from '../sync/random'
import { phoneAt, signIn, type Phone } from './phone'
import { keep, pictureOf, type Picture } from './pictures'

/** ms after healing by which nothing may wait any more. */
export const HEALED_WITHIN = 30_000

export interface PartitionRun {
  rounds: number
  seed: number
  /** ms that the line is bad. */
  lasts: number
  photos: number
  /** Rounds at once, each on a phone and a line of its own. */
  atOnce: number
}

export interface Round {
  seed: number
  /** ms from healing until nothing waited; null: something still does. */
  healedAfter: number | null
  faults: string[]
  wrong: number
  /** What waits on the phone, or differs at the server. */
  left: string[]
}

export async function runPartitions(
  server: { host: string; port: number },
  run: PartitionRun,
  say: (round: Round) => void = () => undefined,
): Promise<Round[]> {
  const rounds: Round[] = []
  let next = 0
  const worker = async () => {
    while (next < run.rounds) {
      const round = await oneRound(server, run, run.seed + next++)
      rounds.push(round)
      say(round)
    }
  }
  await Promise.all(Array.from({ length: Math.min(run.atOnce, run.rounds) }, worker))
  return rounds
}

async function oneRound(server: { host: string; port: number }, { lasts, photos }: PartitionRun, seed: number): Promise<Round> {
  const random = new Random(seed)
  const proxy = new Proxy(server)
  const phone = await phoneAt(await proxy.listen())
  try {
    await signIn(phone)
    const draft = await phone.createDraft('technician', '2021')
    phone.keepDraining()
    const pictures: Picture[] = []
    for (let i = 0; i < photos; i++) pictures.push(await pictureOf(random.whole(30_000, 600_000), random))
    const faults: string[] = []
    const until = Date.now() + lasts
    for (let step = 0; Date.now() < until; step++) {
      faults.push(misbehave(proxy, random))
      const picture = pictures[step / 2]
      if (picture) await keep(phone, draft, picture)
      await phone.write(draft, [{ path: 'employer', value: `单位 ${step}` }])
      await wait(random.whole(100, 900))
    }
    for (const picture of pictures.slice(Math.ceil(faults.length / 2))) await keep(phone, draft, picture)
    const last = `最后一次 ${seed}`
    const type = () => phone.write(draft, [{ path: 'employer', value: last }])
    // Half of the users put the phone down before the line is well again: nothing wakes it but its own clock.
    const idle = random.chance(0.5)
    if (idle) await type()
    if (idle) await wait(random.whole(0, 6000))
    proxy.heal()
    const healed = Date.now()
    if (!idle) await type()
    while ((await waiting(phone)).length > 0 && Date.now() - healed < HEALED_WITHIN * 2) await wait(50)
    const left = await waiting(phone)
    const healedAfter = left.length === 0 ? Date.now() - healed : null
    const wrong = left.length === 0 ? await wrongAt(phone, draft, pictures) : 0
    if (left.length === 0 && (await employerAt(phone, draft)) !== last) left.push('employer differs at the server')
    return { seed, healedAfter, faults, wrong, left }
  } finally {
    phone.switchOff()
    await proxy.close()
  }
}

const faultKinds = ['cut', 'reset', 'refuse', 'stall', 'stall', 'swallow', 'truncate', 'truncate', 'slow', 'none'] as const

/** One fault of the line, in place of the one before. */
function misbehave(proxy: Proxy, random: Random): string {
  proxy.heal()
  const ways: readonly Way[] = random.pick([['up'], ['down'], ['up', 'down']])
  const fault = random.pick(faultKinds)
  if (fault === 'cut' || fault === 'reset') {
    proxy.cut(fault === 'reset')
    return fault
  }
  if (fault === 'refuse') {
    proxy.refusing = true
    proxy.cut()
    return fault
  }
  for (const way of ways)
    proxy.set(
      way,
      fault === 'truncate'
        ? { kind: fault, after: random.whole(1, 100_000) }
        : fault === 'slow'
          ? { kind: fault, rate: random.whole(5_000, 80_000) }
          : { kind: fault },
    )
  return `${fault} ${ways.join('+')}`
}

async function waiting({ phone, syncStatus }: Phone): Promise<string[]> {
  const { db } = phone()
  const [outbox, uploads] = [await db.outbox.toArray(), await db.uploads.toArray()]
  return [
    ...outbox.map(({ path, state }) => `${path} ${state} ${syncStatus.trouble}`),
    ...uploads
      .filter(({ state }) => state !== 'confirmed')
      .map(({ sha256, state, sent }) => `${sha256.slice(0, 8)} ${state} ${sent} ${syncStatus.trouble}`),
  ]
}

async function wrongAt({ wire }: Phone, draft: string, pictures: readonly Picture[]): Promise<number> {
  let wrong = 0
  const server = await wire()
  for (const { sha256 } of pictures) {
    const back = await server.file(draft, sha256).catch(() => new ArrayBuffer(0))
    if (createHash('sha256').update(new Uint8Array(back)).digest('hex') !== sha256) wrong += 1
  }
  return wrong
}

/** What stands at the server, as a phone sees it that has nothing yet. */
async function employerAt({ wire }: Phone, draft: string): Promise<unknown> {
  const { drafts } = await (await wire()).pull({ device: crypto.randomUUID(), client: 1, cursors: {} })
  return drafts.find(({ id }) => id === draft)?.registers.find(({ path }) => path === 'employer')?.value
}
