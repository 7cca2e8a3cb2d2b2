/** One history: what people, phones, network and server do in a seeded order, and what must be true throughout. */
import type { Account } from '../../src/domain/api'
import { call2021 } from '../../src/domain/calls/2021'
import type * as Client from './client'
import { Device } from './device'
import { idle } from './idle'
import { checkAtRest, checkPhone, waitingIn } from './invariants'
import { Model } from './model'
import { Network } from './network'
import { Random } from './random'
import { addRow, happen } from './happenings'
import type { Server } from './server'
import { bringFiles, fillIn } from './submitting'
import { rowsOf } from './tables'
import type { Tab } from './tab'
import { Time } from './time'
import { Violation } from './violation'
import { weightsOf } from './weights'

export interface World {
  random: Random
  time: Time
  network: Network
  server: Server
  model: Model
  devices: Device[]
  people: Account[]
  drafts: string[]
  /** Fields that people type in; with one only, all of them meet. */
  answers: readonly string[]
  /** Number of the step in hand. */
  step: number
  /** The server went back to a backup: effects may have been taken back and made again. */
  restored: boolean
  /** The draft that holds a complete application, in histories that are about submitting. */
  complete: string | null
  record: (line: string) => void
  settle: () => Promise<void>
  /** Runs an action of a person's until it is done, fails, or waits for the network. */
  act: <T>(tab: Tab, work: (client: typeof Client) => Promise<T>) => Promise<Outcome<T>>
}
export type Outcome<T> = { done: T } | { failed: unknown } | { waiting: Promise<T> }

/** Of every kind: plain, printed on several pages, sensitive, chosen from a list. */
const answers = ['employer', 'name', 'idNumber', 'education']

/** Rounds of waiting and delivering within which everything must have arrived once nothing is in the way. */
const ROUNDS = 400

/**
 * Runs the history of this seed. Throws a `Violation` that says what was not kept.
 * @param run the bundled client @param log gets a line per step
 */
export async function runHistory(seed: number, server: Server, run: (env: object) => typeof Client, log: (line: string) => void): Promise<void> {
  const random = new Random(seed)
  const time = new Time()
  const network = new Network(random, server)
  await server.begin(seed, () => time.now)
  const model = new Model()
  const world: World = {
    random, time, network, server, model,
    devices: Array.from({ length: random.whole(2, 3) }, (_, i) => new Device(`phone ${i + 1}`, time, random, network, run)),
    people: [await server.person('陈'), await server.person('周')],
    drafts: [],
    answers: answers.slice(random.pick([0, 0, answers.length - 1])),
    step: 0,
    restored: false,
    complete: null,
    record: (line) => log(`${String(world.step).padStart(3)} ${line}`),
    settle: () => settle(time),
    act: (tab, work) => act(world, tab, work),
  }
  try {
    await begin(world)
    const weights = weightsOf(random)
    for (const steps = random.whole(18, 42); world.step < steps; world.step++) {
      const what = random.weighted(weights)
      await happen(world, what)
      await world.settle()
      await pass(world, random.chance(0.15) ? random.whole(500, 4000) : random.whole(1, 120))
      for (const device of world.devices) checkPhone(world, device)
    }
    await comeToRest(world)
    await checkAtRest(world)
  } finally {
    for (const device of world.devices) device.kill()
    server.revive()
  }
}

/** Two or three phones of one person with one draft, mostly in step; sometimes begun as a guest. */
async function begin(world: World): Promise<void> {
  const { devices, people, random, model } = world
  const [owner] = people as [Account]
  world.network.trouble = 0
  for (const device of devices) {
    device.skew = random.chance(0.3) ? random.whole(-2 * 86_400_000, 2 * 86_400_000) : 0
    const tab = device.open()
    const guest = device === devices[0] && random.chance(0.2)
    if (!guest) {
      device.session = owner
      await world.act(tab, (client) => client.becomeAccount(owner, true))
    }
    if (device === devices[0]) {
      const begun = await world.act(tab, (client) => client.createDraft('technician', '2021'))
      if (!('done' in begun)) throw new Error('No draft could be begun')
      world.drafts.push(begun.done)
      model.owners.set(begun.done, guest ? null : owner.id)
      for (let rows = random.pick([0, 1, 2]); rows > 0; rows--) await addRow(world, tab, begun.done)
    }
    if (random.chance(0.9)) tab.client.keepDraining()
    await world.settle()
    if (random.chance(0.8)) await deliver(world)
  }
  const [tab] = devices[0]?.alive() ?? []
  if (tab && devices[0]?.session && random.chance(0.01)) {
    // Minutes before the closing instant, or days.
    if (random.chance(0.5)) world.time.now = Date.parse(call2021.closesAt) - random.whole(1, 300_000)
    await fillIn(world, tab, world.drafts[0] as string)
    tab.dispatch('online')
    await world.settle()
    await deliver(world)
  }
  world.network.trouble = random.pick([0.3, 1, 1, 2])
}

/** Time goes on; what falls due happens. Resolves with whether anything did. */
export async function pass(world: World, ms: number, firstOnly = false): Promise<boolean> {
  const until = world.time.now + ms
  let any = false
  for (let rounds = 0; world.time.now < until || !any; rounds++) {
    if (rounds > 2000) throw new Violation('I17', 'a page keeps setting timers')
    const timer = world.time.advance(Math.max(0, until - world.time.now))
    if (!timer) break
    any = true
    timer.work()
    await world.settle()
    if (firstOnly) break
  }
  return any
}

/** Everything in the way is taken away, everybody comes back; then the queues must empty by themselves. */
async function comeToRest(world: World): Promise<void> {
  const { devices, network, server } = world
  world.record('— everything heals')
  server.revive()
  network.trouble = 0
  for (const device of devices) {
    device.full = false
    device.partition = { out: false, back: false }
    for (const tab of device.alive()) Object.assign(tab, { stepsLeft: Infinity, stepsFromAnswer: null })
    if (device.alive().length === 0) device.open()
    await world.settle()
    await signInAgain(world, device)
    for (const tab of device.alive()) tab.client.keepDraining()
    await world.settle()
  }
  for (let round = 0; ; round++) {
    if (round === ROUNDS) throw new Violation('I17', `the queues did not empty: ${devices.map(left).join('; ')}`)
    if (network.busy) world.record((await network.step()) ?? '')
    else if (devices.every((device) => atRest(device))) break
    else {
      await bringFiles(world)
      await pass(world, Math.min(world.time.untilNext() ?? 1000, 61_000) + 1, true)
    }
    await world.settle()
  }
  // Twice around, so that each has what the last one sent.
  for (const device of [...devices, ...devices]) {
    const [tab] = device.alive()
    if (!tab) throw new Violation('I17', `${device.name} has no page that works`)
    const round = { done: null as boolean | null }
    void tab.client.drain().then((good) => (round.done = good))
    await world.settle()
    await deliver(world)
    for (let tries = 0; round.done === null && tries < 50; tries++) {
      await pass(world, Math.min(world.time.untilNext() ?? 1000, 61_000) + 1, true)
      await deliver(world)
    }
    if (round.done !== true) throw new Violation('I17', `${device.name} can't sync although all is well: ${tab.client.syncStatus.trouble}`)
  }
}

/** Everything that is on its way, and what it leads to at once. */
async function deliver(world: World): Promise<void> {
  while (world.network.busy) {
    await world.network.step()
    await world.settle()
  }
}

/** The person whose drafts lie in the database in use signs in where the session isn't theirs. */
async function signInAgain(world: World, device: Device): Promise<void> {
  const [tab] = device.alive()
  if (!tab) return
  const owner = await world.act(tab, (client) => client.ownerOf(client.phone().db))
  if (!('done' in owner)) throw new Violation('I17', `the database of ${device.name} can't be opened: ${JSON.stringify(owner)}`)
  const person = whose(world, tab, owner.done.account)
  device.session = person
  if (owner.done.account !== person.id) {
    for (const draft of world.drafts) if (world.model.owners.get(draft) === null) world.model.owners.set(draft, person.id)
    await world.act(tab, (client) => client.becomeAccount(person, true))
  }
}

/** The person whom this database belongs to; a guest's: whose drafts lie in it, after the phone was restored from a backup. */
export function whose({ people, model }: World, tab: Tab, account: string | null): Account {
  const drafts = rowsOf<{ id: string }>(tab.device.databases, tab.client.phone().db.name, 'drafts')
  const owner = account ?? drafts.map(({ id }) => model.owners.get(id)).find(Boolean)
  return people.find(({ id }) => id === owner) ?? (people[0] as Account)
}

const atRest = (device: Device) => left(device) === ''

/** What still waits although nothing is in its way. */
function left(device: Device): string {
  const waiting = waitingIn(device)
  return waiting.length === 0 ? '' : `${device.name}: ${waiting.join(', ')}`
}

async function act<T>({ settle }: World, tab: Tab, work: (client: typeof Client) => Promise<T>): Promise<Outcome<T>> {
  let outcome: Outcome<T> | null = null
  const promise = work(tab.client)
  promise.then(
    (done) => (outcome = { done }),
    (failed: unknown) => (outcome = { failed }),
  )
  await settle()
  return outcome ?? { waiting: promise.catch(() => undefined) as Promise<T> }
}

/** Until every page waits: their queued work, and timers without a delay. */
async function settle(time: Time): Promise<void> {
  for (let rounds = 0; rounds < 2000; rounds++) {
    await idle()
    const timer = time.advance(0)
    if (!timer) return
    timer.work()
  }
  throw new Violation('I17', 'a page never comes to rest')
}
