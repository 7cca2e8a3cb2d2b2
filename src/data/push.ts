/** Operations to the server, in order, each with its own verdict. */
import { formOf, isAward } from '../domain/forms'
import {
  CLIENT_VERSION,
  MAX_BATCH_BYTES,
  MAX_OPERATIONS,
  UNSEEN,
  isSensitive,
  type Operation,
  type PullRequest,
  type PushReply,
  type RejectReason,
  type Verdict,
} from '../domain/sync'
import type { Codec } from './codec'
import type { ConflictRow, OutboxRow, PhoneDatabase, RegisterRow } from './database'
import { Refused } from './failure'
import { noteMerge } from './moments'
import { sealRegister, unpark } from './outbox'
import { ownerOf, type Phone } from './phone'
import { checkedPush } from './replies'
import { noteServerTime } from './serverInfo'
import { earlierValues } from './versions'
import type { Wire } from './wire'

/** A path that no form has. */
export const VOID = '$void'

/**
 * Sends everything that may be sent. Resolves when nothing is left, with whether there was anything; throws when the
 * network or the server fails.
 */
export async function pushAll(wire: Wire, home: Phone): Promise<boolean> {
  let limit = MAX_OPERATIONS
  let any = await tellClosed(wire, home)
  let renumbered = false
  for (;;) {
    const batch = await takeBatch(limit, home)
    if (batch.operations.length === 0) return any
    any = true
    try {
      const reply = checkedPush(await wire.push({ ...batch, client: CLIENT_VERSION }), batch.operations)
      noteServerTime(reply.now)
      await applyReply(reply, home)
      if (batch.epoch === undefined) await home.db.owner.update('owner', { epoch: reply.epoch })
      limit = MAX_OPERATIONS
    } catch (reason) {
      if (reason instanceof Refused && ['fork', 'gap'].includes(reason.code) && !renumbered) {
        renumbered = true
        await becomeNewDevice(home)
        continue
      }
      // A batch refused as a whole is halved until the culprit stands alone and aside.
      if (!(reason instanceof Refused) || ![400, 413].includes(reason.status)) throw reason
      const [first, ...more] = batch.operations
      if (more.length > 0) limit = Math.ceil(batch.operations.length / 2)
      // An empty operation can't be the culprit: the server refuses whatever comes, and nothing more is set aside.
      else if (first && first.path !== VOID) await setAside(first.seq, reason.status === 413 ? 'too-large' : 'bad-value', home)
      else throw reason
    }
  }
}

/** Whether anything waits that may be sent. */
export async function hasWork(home: Phone): Promise<boolean> {
  const allowed = await sendable(home)
  const waiting = await home.db.outbox.where('state').equals('waiting').toArray()
  return waiting.some(allowed) || (await home.db.conflicts.filter(({ closed }) => closed === 1).count()) > 0
}

/** Where this phone stands, for a server that may have been restored from a backup. */
export async function standing({ db }: Phone): Promise<Required<Pick<PullRequest, 'device' | 'cursors' | 'marks' | 'acknowledged'>> & Pick<PullRequest, 'account' | 'epoch'>> {
  return db.transaction('r', [db.owner, db.drafts, db.outbox], async () => {
    const [owner, drafts, numbered] = await Promise.all([ownerOf(db), db.drafts.toArray(), db.outbox.orderBy('seq').first()])
    return {
      device: owner.device,
      ...(owner.account === null ? {} : { account: owner.account }),
      cursors: Object.fromEntries(drafts.flatMap(({ id, revision }) => (revision > 0 ? [[id, revision]] : []))),
      marks: Object.fromEntries(drafts.flatMap(({ id, revision, mark }) => (revision > 0 && mark !== undefined ? [[id, mark]] : []))),
      acknowledged: (numbered?.seq ?? owner.nextSeq) - 1,
      ...(owner.epoch === undefined ? {} : { epoch: owner.epoch }),
    }
  })
}

type Batch = Awaited<ReturnType<typeof standing>> & { operations: Operation[] }

/** The next operations in the order in which they were made; their numbers are given now and never change. */
async function takeBatch(limit: number, { db, codec }: Phone): Promise<Batch> {
  const allowed = await sendable({ db, codec })
  await ownerOf(db)
  const rows = await db.transaction('rw', [db.owner, db.outbox], async () => {
    const owner = await ownerOf(db)
    const rows = (await db.outbox.where('state').equals('waiting').sortBy('id')).filter(allowed).sort(inTurn).slice(0, limit)
    let next = owner.nextSeq
    for (const row of rows) {
      if (row.seq !== null || row.id === undefined) continue
      row.seq = next++
      await db.outbox.update(row.id, { seq: row.seq })
    }
    if (next !== owner.nextSeq) await db.owner.update('owner', { nextSeq: next })
    return rows
  })
  const operations: Operation[] = []
  let size = 0
  for (const { seq, draft, path, base, payload } of rows) {
    if (seq === null) continue
    const operation = { seq, draft, path, base, ...(await codec.open(payload)) }
    size += JSON.stringify(operation).length * 3
    if (operations.length > 0 && size > MAX_BATCH_BYTES * 0.8) break
    operations.push(operation)
  }
  return { ...(await standing({ db, codec })), operations }
}

/**
 * What has a number goes first, by its number: the server expects them without gaps. Then what others stand on: a
 * draft's beginning, and the consent, which was given after the answers that waited for it. The rest as it was made.
 */
function inTurn(a: OutboxRow, b: OutboxRow): number {
  if (a.seq !== null || b.seq !== null) return (a.seq ?? Infinity) - (b.seq ?? Infinity)
  return rank(a.path) - rank(b.path) || (a.id ?? 0) - (b.id ?? 0)
}
const rank = (path: string) => (path === '$draft' ? 0 : path === '$consent' ? 1 : 2)

/** Sensitive answers stay here until their draft has the consent. */
async function sendable({ db, codec }: Phone): Promise<(row: OutboxRow) => boolean> {
  const allowed = new Map<string, (path: string) => boolean>()
  for (const { id } of await db.drafts.toArray()) {
    const [about, consent] = await Promise.all([db.registers.get([id, '$draft']), db.registers.get([id, '$consent'])])
    const award = about && ((await codec.open(about.payload)).value as { award?: string } | null)?.award
    const agreed = consent ? (await codec.open(consent.payload)).value !== null : false
    allowed.set(id, (path) => agreed || path.startsWith('$') || (isAward(award) && !isSensitive(formOf(award), path)))
  }
  return ({ draft, path, seq }) => seq !== null || (allowed.get(draft)?.(path) ?? false)
}

/**
 * Conflicts that a person closed here are told on their own, before the operations: the chosen value may meet a newer
 * one, and that new conflict must not be closed with the old one.
 */
async function tellClosed(wire: Wire, home: Phone): Promise<boolean> {
  const { db } = home
  const closed = await db.conflicts.filter((conflict) => conflict.closed === 1).toArray()
  if (closed.length === 0) return false
  const resolved = closed.map(({ draft, id, at }) => ({ draft, conflict: id, ...(at === undefined ? {} : { at }) }))
  noteServerTime((await wire.push({ ...(await standing(home)), client: CLIENT_VERSION, operations: [], resolved })).now)
  await db.conflicts.bulkDelete(closed.map(({ draft, id }) => [draft, id]))
  return true
}

async function applyReply({ verdicts }: PushReply, { db, codec }: Phone): Promise<void> {
  const rows = await db.outbox.where('seq').anyOf(verdicts.map(({ seq }) => seq)).toArray()
  const settled = await Promise.all(
    verdicts.flatMap((verdict) => {
      const row = rows.find(({ seq }) => seq === verdict.seq)
      return row ? [sealVerdict(codec, row, verdict)] : []
    }),
  )
  await db.transaction('rw', [db.outbox, db.registers, db.conflicts, ...earlierValues(db)], async () => {
    for (const one of settled) await settle(db, one)
  })
}

interface Settled {
  row: OutboxRow
  verdict: Verdict
  /** What stands on the server, where the verdict says so. */
  current: RegisterRow | null
  conflict: ConflictRow | null
}

async function sealVerdict(codec: Codec, row: OutboxRow, verdict: Verdict): Promise<Settled> {
  const { draft } = row
  return {
    row,
    verdict,
    current: 'current' in verdict && verdict.current ? await sealRegister(codec, draft, verdict.current) : null,
    conflict:
      verdict.verdict === 'conflict'
        ? { draft, id: verdict.conflict.id, closed: 0, at: verdict.conflict.at, payload: await codec.seal({ ...verdict.conflict }) }
        : null,
  }
}

/** One verdict, in a transaction: the operation leaves or stands aside, its register gets the version or the server's value. */
async function settle(db: PhoneDatabase, { row, verdict, current, conflict }: Settled): Promise<void> {
  const { draft, path } = row
  const id = row.id as number
  if (verdict.verdict === 'rejected' && path !== VOID) {
    // Typed over while it was on its way: what follows it takes its place.
    const replaced = await db.outbox.where('[draft+path]').equals([draft, path]).and((row) => (row.id ?? 0) > id).count()
    if (replaced > 0) await db.outbox.delete(id)
    else await db.outbox.update(id, { state: 'refused', reason: verdict.reason, stands: current, seq: null })
    return
  }
  await db.outbox.delete(id)
  if (path === VOID || verdict.verdict === 'rejected') return
  const later = await db.outbox.where('[draft+path]').equals([draft, path]).toArray()
  if (verdict.verdict === 'applied') {
    const { version } = verdict
    if (current && later.length === 0) return void (await db.registers.put(current))
    const { upon = row.base } = (await db.registers.get([draft, path])) ?? {}
    await db.registers.update([draft, path], { version, upon: Math.min(upon, row.base) })
    // What stands now is what the next edit was made upon; without this, an equal value from elsewhere would be a conflict.
    for (const { id: next, seq, base } of later)
      if (seq === null && base !== UNSEEN && next !== undefined) await db.outbox.update(next, { base: version })
    return
  }
  if (conflict) await db.conflicts.put(conflict)
  if (later.length > 0) return
  await noteMerge(db, draft, path)
  const mine = await db.registers.get([draft, path])
  if (current) await db.registers.put(current)
  else await db.registers.delete([draft, path])
  // A deletion that met somebody's change: the row stands again, and with it what was typed in it here.
  if (mine?.gone && !current?.gone) await unpark(db, draft, path)
}

/**
 * The server and this database no longer count alike: one of them was restored from a backup. What waits is numbered
 * anew under a new device; what had arrived before meets its own value there, and nothing happens twice.
 */
async function becomeNewDevice({ db }: Phone): Promise<void> {
  await db.transaction('rw', [db.owner, db.outbox], async () => {
    await db.owner.update('owner', { device: crypto.randomUUID(), nextSeq: 1 })
    await db.outbox.filter(({ path }) => path === VOID).delete()
    await db.outbox.filter(({ seq, state }) => seq !== null && state === 'waiting').modify({ seq: null })
  })
}

/** Numbers have no gaps: what stands aside leaves an empty operation in its place, which the server rejects and counts. */
async function setAside(seq: number, reason: RejectReason, { db, codec }: Phone): Promise<void> {
  const payload = await codec.seal({ value: null, at: new Date().toISOString() })
  await db.transaction('rw', db.outbox, async () => {
    const row = await db.outbox.where('seq').equals(seq).first()
    if (row?.id === undefined) return
    await db.outbox.update(row.id, { state: 'refused', reason, seq: null })
    await db.outbox.add({ draft: row.draft, path: VOID, base: 0, seq, state: 'waiting', payload })
  })
}
