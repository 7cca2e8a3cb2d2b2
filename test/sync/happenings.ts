/** What can happen in a history, each a few lines: people's hands, phones, lines and servers. */
import type { Json } from '../../src/domain/sync'
import type { Device } from './device'
import { databaseOf, looks, onDisk, standing } from './eyes'
import { copyOf, rowsOf } from './tables'
import { keyOf } from './model'
import { pass, whose, type World } from './history'
import { pictures } from './pictures'
import { restoreServer, saveServer } from './backup'
import { submit } from './submitting'
import type { Tab } from './tab'

export type Happening =
  | 'type' | 'look' | 'addRow' | 'removeRow' | 'bringBackRow' | 'moveRow' | 'photo' | 'submit' | 'binDraft' | 'consent' | 'choose' | 'newDraft'
  | 'network' | 'wait' | 'wake' | 'killTab' | 'killPhone' | 'killInside' | 'openTab' | 'partition' | 'heal' | 'fullDisk' | 'freeDisk'
  | 'killServer' | 'clockBack' | 'signOut' | 'signIn' | 'otherAccount' | 'backUp' | 'restorePhone' | 'clearPhone'
  | 'backUpServer' | 'restoreServer'

const table = 'experience'
const cells = ['where', 'witness']

export async function happen(world: World, what: Happening): Promise<void> {
  const { random, record } = world
  const device = random.pick(world.devices)
  const tab = random.pick(device.alive()) as Tab | undefined
  if (needsTab.has(what)) {
    if (!tab) return open(world, device)
    const draft = random.pick(world.drafts)
    // Whoever takes up a phone to do something wakes it: what they do meets a round under way.
    if (random.chance(0.15)) {
      tab.dispatch('online')
      await world.settle()
    }
    return people[what]?.(world, tab, draft)
  }
  if (what === 'network') {
    for (let n = random.whole(1, 6); n > 0; n--) {
      const line = await world.network.step()
      if (line) record(line)
      await world.settle()
    }
    return
  }
  record(`${device.name}: ${what}`)
  return things[what]?.(world, device)
}

/** An answer or a cell, no row and nothing of the draft's own. */
const isField = (path: string) => path.split('/').length !== 2 && !path.startsWith('$')

type OfPeople = (world: World, tab: Tab, draft: string) => Promise<void>
const people: Partial<Record<Happening, OfPeople>> = {
  type: async (world, tab, draft) => {
    const begun = [...looks(tab).keys()].flatMap((place) => (place.startsWith(`${draft} `) ? place.slice(draft.length + 1) : [])).filter(isField)
    const place = (world.random.chance(0.4) && world.random.pick(begun)) || (await somewhere(world, tab, draft))
    if (place) await edit(world, tab, draft, place, `${tab.device.name.slice(-1)}-${world.step}`)
  },
  look: async (world, tab, draft) => {
    const place = await somewhere(world, tab, draft)
    const there = place && standing(tab, draft, place)
    if (there) looks(tab).set(`${draft} ${place}`, there)
  },
  addRow,
  removeRow: async (world, tab, draft) => {
    const row = world.random.pick(await rows(world, tab, draft, true))
    if (!row) return
    // Somebody mends a cell, and then wants none of the row.
    if (world.random.chance(0.3)) await edit(world, tab, draft, `${table}/${row}/where`, `${tab.device.name.slice(-1)}-${world.step}`)
    await edit(world, tab, draft, `${table}/${row}`, null)
  },
  bringBackRow: async (world, tab, draft) => {
    const row = world.random.pick(await rows(world, tab, draft, false))
    if (row) await edit(world, tab, draft, `${table}/${row}`, { order: `a${world.step}V` })
  },
  moveRow: async (world, tab, draft) => {
    const row = world.random.pick(await rows(world, tab, draft, true))
    if (row) await edit(world, tab, draft, `${table}/${row}`, { order: `a${world.step}` })
  },
  photo: async (world, tab, draft) => {
    const picture = world.random.pick(await pictures())
    const kept = await world.act(tab, (client) =>
      client.keepPhoto(draft, world.random.pick(['educationCert', 'portrait', 'idCard']), new Blob([picture]), 'photo'),
    )
    world.record(`${tab.device.name}: takes a photo ${said(kept)}`)
  },
  submit: (world, tab) => submit(world, tab),
  binDraft: async (world, tab, draft) => {
    const deleted = await valueAt(world, tab, draft, '$deleted')
    await edit(world, tab, draft, '$deleted', deleted === true ? null : true)
  },
  consent: async (world, tab, draft) => {
    world.record(`${tab.device.name}: consents ${said(await world.act(tab, (client) => client.consent(draft, '1')))}`)
  },
  choose: async (world, tab, draft) => {
    const open = await world.act(tab, (client) => client.readConflicts(draft, 'technician'))
    if (!('done' in open) || open.done.length === 0) return
    const conflict = world.random.pick(open.done)
    const keep = world.random.pick(['mine', 'theirs'] as const)
    if (keep === 'mine') {
      const note = world.model.note(draft, conflict.path, conflict.mine, conflict.theirs, by(tab), world.step)
      note.seen.add(keyOf(conflict.mine))
    }
    const { rowGone } = conflict
    const choice = { mine: keyOf(conflict.mine), theirs: keyOf(conflict.theirs), rowGone, keep, device: by(tab), saved: false, given: false }
    const { choices } = world.model
    choices.set(conflict.id, [...(choices.get(conflict.id) ?? []), choice])
    world.record(`${tab.device.name}: chooses ${keep} at ${conflict.path} ${conflict.id.slice(0, 4)}`)
    const done = await world.act(tab, (client) => client.chooseConflict(draft, conflict, keep))
    choice.saved = 'done' in done
    if (choice.saved && keep === 'mine') shownEverywhere(tab, `${draft} ${conflict.path}`)
    world.record(`   ${said(done)}`)
  },
  newDraft: async (world, tab) => {
    const made = await world.act(tab, (client) => client.createDraft('technician', '2021'))
    world.record(`${tab.device.name}: begins a draft ${said(made)}`)
    if (!('done' in made)) return
    world.drafts.push(made.done)
    world.model.owners.set(made.done, who(tab))
  },
  wake: async (world, tab) => {
    const event = world.random.pick(['online', 'visibilitychange', 'pageshow'])
    world.record(`${tab.device.name}: ${event}`)
    tab.dispatch(event, { persisted: true })
    await world.settle()
  },
  killTab: async (world, tab) => {
    world.record(`${tab.device.name}: a page is killed`)
    tab.kill()
    await world.settle()
  },
  killInside: (world, tab) => {
    const steps = world.random.whole(0, world.random.pick([4, 12, 40]))
    const fromAnswer = world.random.chance(0.5)
    if (fromAnswer) tab.stepsFromAnswer = steps
    else tab.stepsLeft = steps
    world.record(`${tab.device.name}: will be killed after ${steps} transactions${fromAnswer ? ' from an answer on' : ''}`)
    return Promise.resolve()
  },
  signOut: async (world, tab) => {
    world.record(`${tab.device.name}: signs out`)
    tab.device.session = null
    await world.act(tab, (client) => client.becomeGuest())
  },
  signIn: async (world, tab) => {
    const owner = await world.act(tab, (client) => client.ownerOf(client.phone().db))
    if (!('done' in owner)) return
    await enter(world, tab, whose(world, tab, owner.done.account), true)
  },
  otherAccount: async (world, tab) => {
    const person = world.people[1]
    if (person) await enter(world, tab, person, world.random.chance(0.3) && isFreeFor(world, tab, person.id))
  },
}
const needsTab = new Set<string>(Object.keys(people))

const things: Partial<Record<Happening, (world: World, device: Device) => Promise<void> | void>> = {
  wait: async (world) => {
    await pass(world, world.random.whole(2000, 90_000))
  },
  killPhone: async (world, device) => {
    device.kill()
    await world.settle()
  },
  openTab: (world, device) => (device.alive().length < 3 ? open(world, device) : undefined),
  partition: ({ random }, device) => {
    device.partition = { out: random.chance(0.7), back: random.chance(0.7) }
  },
  heal: (_, device) => {
    device.partition = { out: false, back: false }
  },
  fullDisk: (_, device) => {
    device.full = true
  },
  freeDisk: (world) => {
    for (const device of world.devices) device.full = false
  },
  killServer: ({ server, random }) => {
    if (server.isDead) server.revive()
    else server.killAfter(random.whole(0, 25))
  },
  clockBack: ({ server, random }) => {
    server.skew -= random.whole(1000, 600_000)
  },
  backUp: (_, device) => {
    backups.set(device, { databases: copyOf(device.databases), storage: new Map(device.storage) })
  },
  restorePhone: async (world, device) => {
    const backup = backups.get(device)
    if (!backup) return things.backUp?.(world, device)
    device.kill()
    await world.settle()
    giveUpUnsent(world, device)
    device.databases = copyOf(backup.databases)
    device.storage = new Map(backup.storage)
    await open(world, device)
  },
  clearPhone: async (world, device) => {
    device.kill()
    await world.settle()
    giveUpUnsent(world, device)
    device.databases = copyOf(new (device.databases.constructor as new () => typeof device.databases)())
    device.storage = new Map()
    await open(world, device)
  },
  backUpServer: (world) => saveServer(world),
  restoreServer: (world) => restoreServer(world),
}

const backups = new WeakMap<Device, { databases: Device['databases']; storage: Map<string, string> }>()

/** What stood on this disk only goes with it. */
function giveUpUnsent(world: World, device: Device): void {
  for (const one of world.devices) one.emptied = true
  const { edits, choices } = world.model
  const made = [...[...edits.values()].flatMap((known) => [...known.values()]), ...[...choices.values()].flat()]
  for (const one of made)
    if (one.device === device.name) one.given = true
  world.record(`${device.name}: what it alone held is gone`)
}

export async function addRow(world: World, tab: Tab, draft: string): Promise<void> {
  const id = world.random.uuid()
  const done = await world.act(tab, (client) => client.addRow(draft, table, {}, id))
  world.record(`${tab.device.name}: adds row ${id.slice(0, 4)} ${said(done)}`)
  const stands = onDisk(tab, draft, `${table}/${id}`)
  if (stands) world.model.note(draft, `${table}/${id}`, stands, null, by(tab), world.step).saved = 'done' in done
}

async function edit(world: World, tab: Tab, draft: string, path: string, value: Json): Promise<void> {
  const { model, record, random } = world
  const stands = standing(tab, draft, path)
  if (!stands) return
  // A slow hand: what its user saw may no longer be what stands.
  const place = `${draft} ${path}`
  const seen = (random.chance(0.7) && looks(tab).get(place)) || stands
  const note = model.note(draft, path, value, seen.value, by(tab), world.step)
  const done = await world.act(tab, (client) => client.write(draft, [{ path, value, seen: seen.version }]))
  record(`${tab.device.name}: ${path} = ${keyOf(value)} over ${keyOf(seen.value)} (${seen.version}) ${said(done)}`)
  if ('done' in done) {
    note.saved = true
    shownEverywhere(tab, place)
    if (random.chance(0.4)) looks(tab).set(place, { value, version: seen.version })
  } else if ('failed' in done && !tab.dead) note.failed = true
}

/** Every page of this phone shows it at once; whoever types on has their own words in front of all that arrives. */
function shownEverywhere(tab: Tab, place: string): void {
  for (const page of tab.device.tabs) looks(page).delete(place)
}

/** A field of the draft: an answer or a cell of a row that stands on this screen. */
async function somewhere(world: World, tab: Tab, draft: string): Promise<string | null> {
  const there = await rows(world, tab, draft, true)
  if (there.length > 0 && world.random.chance(0.4)) return `${table}/${world.random.pick(there)}/${world.random.pick(cells)}`
  return world.random.pick(world.answers)
}

async function rows(world: World, tab: Tab, draft: string, standing: boolean): Promise<string[]> {
  const values = await world.act(tab, (client) => client.readValues(draft))
  if (!('done' in values)) return []
  return [...values.done]
    .filter(([path, value]) => path.startsWith(`${table}/`) && path.split('/').length === 2 && (value !== null) === standing)
    .map(([path]) => path.split('/')[1] as string)
}

async function valueAt(world: World, tab: Tab, draft: string, path: string): Promise<Json | undefined> {
  const values = await world.act(tab, (client) => client.readValues(draft))
  return 'done' in values ? values.done.get(path) : undefined
}

async function enter(world: World, tab: Tab, person: { id: string; name: string; phone: string }, adopt: boolean): Promise<void> {
  tab.device.session = person
  const here = rowsOf<{ id: string }>(tab.device.databases, databaseOf(tab), 'drafts').map(({ id }) => id)
  const isGuest = who(tab) === null
  // A page that dies between the new session and its drafts.
  if (world.random.chance(0.25)) tab.stepsLeft = world.random.whole(0, 40)
  const done = await world.act(tab, (client) => client.becomeAccount(person, adopt))
  world.record(`${tab.device.name}: signs in as ${person.name}${adopt ? ' with what is here' : ''} ${said(done)}`)
  if (!adopt || !isGuest || !('done' in done)) return
  for (const id of here) if (world.model.owners.get(id) === null) world.model.owners.set(id, person.id)
}

async function open(world: World, device: Device): Promise<void> {
  const tab = device.open()
  if (world.random.chance(0.9)) tab.client.keepDraining()
  world.record(`${device.name}: opens a page`)
  await world.settle()
}

/** Nothing that is known to be another one's lies here. */
const isFreeFor = ({ model }: World, tab: Tab, person: string) =>
  rowsOf<{ id: string }>(tab.device.databases, databaseOf(tab), 'drafts').every(({ id }) => (model.owners.get(id) ?? person) === person)

/** The account whose database the page uses. */
const who = (tab: Tab): string | null =>
  rowsOf<{ account: string | null }>(tab.device.databases, databaseOf(tab), 'owner')[0]?.account ?? null

const by = (tab: Tab) => tab.device.name

const said = (outcome: object) => ('done' in outcome ? '✓' : 'failed' in outcome ? `✗ ${String((outcome as { failed: unknown }).failed)}` : '…')
