/** What must hold in every history; the numbers are those of docs/data-flow.md. */
import { sql } from 'drizzle-orm'
import { sealsOf } from '../../mock-server/seal/draftSeal'
import { opened } from '../../mock-server/sync/openDrafts'
import { formOf } from '../../src/domain/forms'
import { isSensitive, rowOf, UNSEEN, type Json } from '../../src/domain/sync'
import type { ConflictRow, DraftRow, OutboxRow, OwnerRow, RegisterRow, UploadRow } from '../../src/data/database'
import { testKeys } from '../support/keys'
import type { Device } from './device'
import type { World } from './history'
import { keyOf, type Choice } from './model'
import { checkSubmissions } from './submitting'
import { namesIn, rowsOf } from './tables'
import { Violation } from './violation'

const form = formOf('technician')
const ours = (device: Device) => namesIn(device.databases).filter((name) => name.startsWith('jiangshen-drafts-'))

/** Operations and files that nothing keeps from being sent. */
export function waitingIn(device: Device): string[] {
  return ours(device).flatMap((name) => {
    const table = <T>(of: string) => rowsOf<T>(device.databases, name, of)
    const [owner] = table<OwnerRow>('owner')
    if (!owner?.account || owner.account !== device.session?.id || !isInUse(device, name)) return []
    const registers = new Map(table<RegisterRow>('registers').map((row) => [`${row.draft} ${row.path}`, row]))
    const consented = (draft: string) => Boolean(registers.get(`${draft} $consent`)?.payload.value)
    const operations = table<OutboxRow>('outbox').filter(
      ({ state, draft, path, seq }) => state === 'waiting' && (seq !== null || consented(draft) || !isSensitive(form, path)),
    )
    const closed = table<ConflictRow>('conflicts').filter((one) => one.closed === 1)
    const forgotten = table<OutboxRow>('outbox').filter(
      ({ state, draft, path }) => state === 'parked' && registers.get(`${draft} ${rowOf(path)}`)?.payload.value,
    )
    return [
      ...[...operations, ...forgotten].map(({ path, seq, draft }) => `operation ${String(seq)} ${draft.slice(0, 4)} ${path}`),
      ...closed.map(({ id }) => `closed conflict ${id}`),
      ...table<UploadRow>('uploads')
        .filter((upload) => upload.state === 'waiting' && wanted(upload, registers, consented(upload.draft)))
        .map(({ sha256 }) => `file ${sha256.slice(0, 6)}`),
    ]
  })
}

function wanted({ draft, sha256 }: UploadRow, registers: Map<string, RegisterRow>, consented: boolean): boolean {
  return [...registers.values()].some(({ draft: of, path, payload: { value } }) => {
    if (of !== draft || !path.endsWith('/file') || (value as { sha256?: string } | null)?.sha256 !== sha256) return false
    return Boolean(registers.get(`${draft} ${rowOf(path)}`)?.payload.value) && (consented || !isSensitive(form, path))
  })
}

const isInUse = (device: Device, name: string) => device.alive().some((tab) => tab.client.phone().db.name === name)

/** After every step, on what is on this phone's disk. */
export function checkPhone(world: World, device: Device): void {
  for (const name of ours(device)) {
    const table = <T>(of: string) => rowsOf<T>(device.databases, name, of)
    const registers = new Map(table<RegisterRow>('registers').map((row) => [`${row.draft} ${row.path}`, row]))
    const pending = new Map<string, OutboxRow>()
    for (const row of table<OutboxRow>('outbox')) {
      if (row.state === 'refused' || row.path === '$void' || row.base === UNSEEN) continue
      const place = `${row.draft} ${row.path}`
      if ((pending.get(place)?.id ?? 0) < (row.id ?? 0)) pending.set(place, row)
    }
    for (const [place, row] of pending) {
      const shown = registers.get(place)?.payload.value
      if (keyOf(shown) !== keyOf(row.payload.value))
        throw new Violation('I9', `${device.name} shows ${keyOf(shown)} at ${place}, but ${keyOf(row.payload.value)} waits there`)
    }
    const numbers = table<OutboxRow>('outbox').flatMap(({ seq }) => (seq === null ? [] : [seq]))
    if (new Set(numbers).size !== numbers.length) throw new Violation('I2', `${device.name} has given a number twice: ${numbers.join()}`)
    const [owner] = table<OwnerRow>('owner')
    for (const { id } of table<DraftRow>('drafts')) {
      const of = world.model.owners.get(id)
      if (of && owner?.account && of !== owner.account)
        throw new Violation('I10', `${device.name} holds a draft of another account in ${name}`)
    }
  }
}

interface Standing {
  draft: string
  path: string
  value: Json
  version: number
  base: number
  device: string
}

/** When nothing moves any more: the server, every phone, and what people remember of what they did. */
export async function checkAtRest(world: World): Promise<void> {
  const { server, model, devices } = world
  const of = sql`(select id from drafts where owner in (${sql.join(world.people.map(({ id }) => sql`${id}::uuid`), sql`, `)}))`
  const rows = async <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => (await server.db.execute<T>(query)).rows
  const owners = await rows<{ id: string; owner: string; revision: number }>(sql`select * from drafts where id in ${of}`)
  const seals = await sealsOf(server.db, testKeys, owners.map(({ id }) => id))
  const open = <T extends { draft: string; path: string; value: Json }>(row: T) => ({ ...row, value: opened(seals, row.draft, row.path, row.value) })
  const registers = (await rows<Standing & Record<string, unknown>>(sql`select * from registers where draft in ${of}`)).map(open)
  const history = (await rows<Standing & Record<string, unknown>>(sql`select * from history where draft in ${of} order by draft, version`)).map(open)
  const conflicts = (
    await rows<{ id: string; draft: string; path: string; mine: Json; against: number; device: string; closed_at: Date | null }>(
      sql`select * from conflicts where draft in ${of}`,
    )
  ).map((row) => ({ ...row, mine: opened(seals, row.draft, row.path, row.mine) }))
  const files = await rows<{ draft: string; sha256: string }>(sql`select * from files where draft in ${of}`)

  for (const { id, owner } of owners)
    if ((model.owners.get(id) ?? owner) !== owner) throw new Violation('I10', `draft ${id} went to another account`)
  const standing = new Map(registers.map(({ draft, path, value }) => [`${draft} ${path}`, keyOf(value)]))
  for (const { id, closed_at, mine, draft, path } of conflicts) {
    const now = standing.get(`${draft} ${path}`) ?? keyOf(undefined)
    const choices = (model.choices.get(id) ?? []).filter((choice) => choice.mine === keyOf(mine))
    if (closed_at && choices.length === 0) throw new Violation('I20', `conflict ${id} over ${keyOf(mine)} was closed by nobody who saw it`)
    const rowGone = rowOf(path) !== null && standing.get(`${draft} ${rowOf(path)}`) === '∅'
    // What stands was before their eyes; where it is something newer, or the row is gone since, the value may have to be asked about again.
    const wasSeen = (choice: Choice) => [keyOf(mine), choice.theirs].includes(now) && choice.rowGone === rowGone
    if (!closed_at && !world.restored && choices.some((choice) => choice.saved && !choice.given && wasSeen(choice)))
      throw new Violation('I1', `somebody decided about ${keyOf(mine)} in conflict ${id}, and it is still open`)
  }

  const chains = new Map<string, Standing[]>()
  for (const row of history) chains.set(`${row.draft} ${row.path}`, [...(chains.get(`${row.draft} ${row.path}`) ?? []), row])
  checkChains(world, chains)
  checkNeedlessConflicts(world, chains, conflicts)
  for (const row of registers) {
    const last = chains.get(`${row.draft} ${row.path}`)?.at(-1)
    if (!last || keyOf(last.value) !== keyOf(row.value) || last.version !== row.version)
      throw new Violation('I12', `what stands at ${row.path} is not what its history ends with`)
  }

  checkDeletedRows(registers, history)
  await checkSubmissions(world)
  const waiting: { draft: string; path: string; value: Json }[] = []
  for (const device of devices) waiting.push(...checkDevice(device, registers, conflicts, owners, files))
  checkNothingLost(world, chains, [...conflicts.map(({ draft, path, mine }) => ({ draft, path, value: mine })), ...waiting])
}

/** Nothing is written into a row after its deletion: it would be stored where nobody ever sees it. */
function checkDeletedRows(registers: Standing[], history: Standing[]): void {
  const deleted = new Map(registers.flatMap(({ draft, path, value, version }) => (value === null ? [[`${draft} ${path}`, version]] : [])))
  for (const { draft, path, version } of history) {
    const since = deleted.get(`${draft} ${rowOf(path)}`)
    if (since !== undefined && version > since) throw new Violation('I1', `version ${version} of ${path} went into a deleted row`)
  }
}

/** Nobody's words were replaced by somebody who had not seen them. */
function checkChains({ model, restored }: World, chains: Map<string, Standing[]>): void {
  for (const [place, chain] of chains) {
    const [draft = '', path = ''] = place.split(' ')
    if (path.endsWith('/file') || path.endsWith('/taken') || path === '$draft' || path === '$consent') continue
    const seen = new Set<string>()
    chain.forEach(({ value, version, device }, i) => {
      const key = keyOf(value)
      const before = chain[i - 1]
      if (model.edits.get(place)?.get(key)?.failed && !model.edits.get(place)?.get(key)?.saved)
        throw new Violation('I6', `${key} at ${path} was refused on the phone, and arrived all the same`)
      if (before && !model.ancestors(draft, path, key).has(keyOf(before.value)) && keyOf(before.value) !== key)
        throw new Violation(
          before.value === null ? 'I11' : 'I4',
          `${key} (version ${version}) replaced ${keyOf(before.value)} at ${path}, which its author had not seen (${device.slice(0, 4)})`,
        )
      if (typeof value === 'string' && !restored && seen.has(key) && !model.ancestors(draft, path, key).has(key))
        throw new Violation('I2', `${key} at ${path} took effect twice`)
      seen.add(key)
    })
  }
}

/** Nobody is asked to choose between their words and what they had before their eyes when they wrote them. */
function checkNeedlessConflicts(
  { model, restored }: World,
  chains: Map<string, Standing[]>,
  conflicts: { draft: string; path: string; mine: Json; against: number; device: string }[],
): void {
  if (restored) return
  const decided = new Set([...model.choices.values()].flat().map(({ mine }) => mine))
  for (const { draft, path, mine, against, device } of conflicts) {
    const place = `${draft} ${path}`
    const chain = chains.get(place) ?? []
    const met = chain.find(({ version }) => version === against)
    const [key, there] = [keyOf(mine), keyOf(met?.value)]
    // No value stands wherever something begins; one that stood there twice may have been seen the other time; whoever
    // decided about a conflict saw both, and somebody else may have decided in the same way.
    if (!met || [key, there].some((one) => one === '∅' || decided.has(one)) || chain.filter(({ value }) => keyOf(value) === there).length > 1) continue
    const [edit, other] = [model.edits.get(place)?.get(key), model.edits.get(place)?.get(there)]
    // A phone from a backup is a new device: it no longer knows which of its own words had arrived.
    if (edit?.device === other?.device && device !== met.device) continue
    if (edit?.seen.has(there)) throw new Violation('I4', `${key} became a conflict with ${there} at ${path}, which its author had seen`)
  }
}

/** I1: what was saved stands, was knowingly replaced, or is visible as conflict, refused or waiting. */
function checkNothingLost(
  { model }: World,
  chains: Map<string, Standing[]>,
  beside: { draft: string; path: string; value: Json }[],
): void {
  const visible = new Map<string, Set<string>>()
  const show = (place: string, value: Json) => {
    const [draft = '', path = ''] = place.split(' ')
    const known = visible.get(place) ?? new Set<string>()
    visible.set(place, known.add(keyOf(value)))
    for (const before of model.ancestors(draft, path, keyOf(value))) known.add(before)
  }
  for (const [place, chain] of chains) for (const { value } of chain) show(place, value)
  for (const { draft, path, value } of beside) show(`${draft} ${path}`, value)
  // Whoever kept what stood beside it has given it up; a restored server may know nothing of it any more.
  const givenUp = new Set([...model.choices.values()].flat().flatMap(({ keep, saved, mine }) => (keep === 'theirs' && saved ? [mine] : [])))
  for (const [place, edits] of model.edits)
    for (const [key, { saved, given, step }] of edits) {
      if (!saved || given || key === '∅' || givenUp.has(key) || visible.get(place)?.has(key)) continue
      throw new Violation('I1', `${key}, saved in step ${step} at ${place}, is nowhere`)
    }
}

/** A picture that stands in a draft is at the server, or waits here to be sent. */
function checkFiles(device: Device, here: Map<string, RegisterRow>, expected: Set<string>, files: { draft: string; sha256: string }[]): void {
  const there = new Set(files.map(({ draft, sha256 }) => `${draft} ${sha256}`))
  for (const { draft, path, payload } of here.values()) {
    const { sha256 } = (path.endsWith('/file') && (payload.value as { sha256?: string } | null)) || {}
    const place = `${draft} ${sha256 ?? ''}`
    if (!sha256 || !here.get(`${draft} ${rowOf(path)}`)?.payload.value || there.has(place) || expected.has(place)) continue
    // Taken on another phone that was emptied or is held up there: that one answers for it.
    if (!device.emptied && rowsOf(device.databases, ours(device)[0] ?? '', 'files').some((row) => (row as { sha256: string }).sha256 === sha256))
      throw new Violation('I1', `${device.name} holds ${sha256.slice(0, 6)} of ${path}, and nothing sends it`)
  }
}

/** Equal to the server, and honest about it. Returns what still waits here: it is not lost. */
function checkDevice(
  device: Device,
  registers: Standing[],
  conflicts: { id: string; draft: string; closed_at: Date | null }[],
  owners: { id: string; owner: string; revision: number }[],
  files: { draft: string; sha256: string }[],
) {
  const waiting: { draft: string; path: string; value: Json }[] = []
  for (const name of ours(device)) {
    const table = <T>(of: string) => rowsOf<T>(device.databases, name, of)
    const [owner] = table<OwnerRow>('owner')
    const outbox = table<OutboxRow>('outbox')
    waiting.push(...outbox.map(({ draft, path, payload }) => ({ draft, path, value: payload.value })))
    for (const { draft, state, sha256 } of table<UploadRow>('uploads'))
      if (state === 'confirmed' && isInUse(device, name) && !files.some((file) => file.draft === draft && file.sha256 === sha256))
        throw new Violation('I15', `${device.name} calls ${sha256.slice(0, 6)} confirmed, the server does not have it`)
    if (!owner?.account || owner.account !== device.session?.id || !isInUse(device, name)) {
      for (const { draft, path, payload } of table<RegisterRow>('registers')) waiting.push({ draft, path, value: payload.value })
      continue
    }
    // Everything that people do here is allowed: nothing may be refused.
    for (const { state, path, reason } of outbox)
      if (state === 'refused') throw new Violation('I1', `${device.name} had ${path} refused: ${String(reason)}`)
    for (const { state, sha256, payload } of table<UploadRow>('uploads'))
      if (state === 'refused') throw new Violation('I15', `${device.name} had ${sha256.slice(0, 6)} refused: ${payload.reason ?? ''}`)
    const here = new Map(table<RegisterRow>('registers').map((row) => [`${row.draft} ${row.path}`, row]))
    checkFiles(device, here, new Set(table<UploadRow>('uploads').map(({ draft, sha256 }) => `${draft} ${sha256}`)), files)
    const open = new Set(outbox.map(({ draft, path }) => `${draft} ${path}`))
    const own = new Set(owners.filter((one) => one.owner === owner.account).map(({ id }) => id))
    for (const row of registers) {
      const place = `${row.draft} ${row.path}`
      if (!own.has(row.draft) || open.has(place)) continue
      const mine = here.get(place)
      if (keyOf(mine?.payload.value) !== keyOf(row.value))
        throw new Violation('I5', `${device.name} has ${keyOf(mine?.payload.value)} at ${place}, the server ${keyOf(row.value)}`)
      if ((mine?.version ?? 0) !== row.version)
        throw new Violation('I8', `${device.name} has version ${String(mine?.version)} of ${place}, the server ${row.version}`)
    }
    const served = new Set(registers.map(({ draft, path }) => `${draft} ${path}`))
    for (const [place, { payload }] of here)
      if (!served.has(place) && !open.has(place) && payload.value !== null)
        throw new Violation('I5', `${device.name} has ${keyOf(payload.value)} at ${place}, the server nothing, and nothing waits`)
    const told = conflicts.filter(({ draft, closed_at }) => own.has(draft) && !closed_at).map(({ id }) => id)
    const shown = table<ConflictRow>('conflicts').map(({ id }) => id)
    if (told.sort().join() !== shown.sort().join())
      throw new Violation('I1', `${device.name} shows conflicts ${shown.join()}, the server has ${told.join()}`)
  }
  return waiting
}
