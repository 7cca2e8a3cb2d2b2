/** Operations to the server, in order, each with its own verdict. */
import { formOf, isAward } from '../domain/forms'
import {
  CLIENT_VERSION,
  MAX_BATCH_BYTES,
  MAX_OPERATIONS,
  isSensitive,
  type Json,
  type Operation,
  type PushReply,
  type Register,
  type RejectReason,
  type Verdict,
} from '../domain/sync'
import type { OutboxRow } from './database'
import { Refused } from './failure'
import { ownerOf, phone } from './phone'
import { noteServerTime } from './serverInfo'
import type { Wire } from './wire'

/** A path that no form has. */
const VOID = '$void'

/** Sends everything that may be sent; resolves when nothing is left, throws when the network or the server fails. */
export async function pushAll(wire: Wire): Promise<void> {
  let limit = MAX_OPERATIONS
  for (;;) {
    const batch = await takeBatch(limit)
    const resolved = await closedConflicts()
    if (batch.operations.length === 0 && resolved.length === 0) return
    try {
      const reply = await wire.push({ device: batch.device, client: CLIENT_VERSION, operations: batch.operations, resolved })
      noteServerTime(reply.now)
      await applyReply(reply, resolved)
      limit = MAX_OPERATIONS
    } catch (reason) {
      // A batch refused as a whole is halved until the culprit stands alone and aside.
      if (!(reason instanceof Refused) || ![400, 413].includes(reason.status)) throw reason
      const [first, ...more] = batch.operations
      if (more.length > 0) limit = Math.ceil(batch.operations.length / 2)
      // An empty operation can't be the culprit: the server refuses whatever comes, and nothing more is set aside.
      else if (first && first.path !== VOID) await setAside(first.seq, reason.status === 413 ? 'too-large' : 'bad-value')
      else throw reason
    }
  }
}

/** The next operations in the order in which they were made; their numbers are given now and never change. */
async function takeBatch(limit: number): Promise<{ device: string; operations: Operation[] }> {
  const { db, codec } = phone()
  const allowed = await sendable()
  await ownerOf(db)
  const { device, rows } = await db.transaction('rw', [db.owner, db.outbox], async () => {
    const owner = await ownerOf(db)
    const rows = (await db.outbox.where('state').equals('waiting').sortBy('id')).filter(allowed).sort(inTurn).slice(0, limit)
    let next = owner.nextSeq
    for (const row of rows) {
      if (row.seq !== null || row.id === undefined) continue
      row.seq = next++
      await db.outbox.update(row.id, { seq: row.seq })
    }
    if (next !== owner.nextSeq) await db.owner.update('owner', { nextSeq: next })
    return { device: owner.device, rows }
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
  return { device, operations }
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
async function sendable(): Promise<(row: OutboxRow) => boolean> {
  const { db, codec } = phone()
  const allowed = new Map<string, (path: string) => boolean>()
  for (const { id } of await db.drafts.toArray()) {
    const [about, consent] = await Promise.all([db.registers.get([id, '$draft']), db.registers.get([id, '$consent'])])
    const award = about && ((await codec.open(about.payload)).value as { award?: string } | null)?.award
    const agreed = consent ? (await codec.open(consent.payload)).value !== null : false
    allowed.set(id, (path) => agreed || path.startsWith('$') || (isAward(award) && !isSensitive(formOf(award), path)))
  }
  return ({ draft, path, seq }) => seq !== null || (allowed.get(draft)?.(path) ?? false)
}

async function closedConflicts(): Promise<{ draft: string; conflict: string }[]> {
  const { db } = phone()
  return (await db.conflicts.filter(({ closed }) => closed === 1).toArray()).map(({ draft, id }) => ({ draft, conflict: id }))
}

async function applyReply({ verdicts }: PushReply, resolved: { draft: string; conflict: string }[]): Promise<void> {
  const { db, codec } = phone()
  const sealed = await Promise.all(
    verdicts.map(async (verdict) => ({
      verdict,
      current: 'current' in verdict && verdict.current ? await codec.seal(shown(verdict.current)) : null,
      conflict: verdict.verdict === 'conflict' ? await codec.seal({ ...verdict.conflict }) : null,
    })),
  )
  await db.transaction('rw', [db.outbox, db.registers, db.conflicts], async () => {
    for (const { verdict, current, conflict } of sealed) {
      const row = await db.outbox.where('seq').equals(verdict.seq).first()
      if (row?.id === undefined) continue
      await settle(row, verdict, current)
      if (verdict.verdict === 'conflict' && conflict)
        await db.conflicts.put({ draft: row.draft, id: verdict.conflict.id, closed: 0, payload: conflict })
    }
    for (const { draft, conflict } of resolved) await db.conflicts.delete([draft, conflict])
  })
}

/** One verdict, in a transaction: the operation leaves or stands aside, its register gets the version or the server's value. */
async function settle(row: OutboxRow, verdict: Verdict, current: ReturnType<typeof shown> | null): Promise<void> {
  const { db } = phone()
  const { draft, path } = row
  const id = row.id as number
  if (verdict.verdict === 'rejected' && path !== VOID) {
    await db.outbox.update(id, { state: 'refused', reason: verdict.reason })
    return
  }
  await db.outbox.delete(id)
  if (path === VOID || verdict.verdict === 'rejected') return
  if (verdict.verdict === 'applied') {
    await db.registers.update([draft, path], { version: verdict.version })
    return
  }
  const later = await db.outbox.where('[draft+path]').equals([draft, path]).count()
  if (current && verdict.current && later === 0)
    await db.registers.put({ draft, path, version: verdict.current.version, payload: current })
}

/** Numbers have no gaps: what stands aside leaves an empty operation in its place, which the server rejects and counts. */
async function setAside(seq: number, reason: RejectReason): Promise<void> {
  const { db, codec } = phone()
  const payload = await codec.seal({ value: null, at: new Date().toISOString() })
  await db.transaction('rw', db.outbox, async () => {
    const row = await db.outbox.where('seq').equals(seq).first()
    if (row?.id === undefined) return
    await db.outbox.update(row.id, { state: 'refused', reason, seq: null })
    await db.outbox.add({ draft: row.draft, path: VOID, base: 0, seq, state: 'waiting', payload })
  })
}

const shown = ({ value, by, at }: Register): { value: Json; by: string; at: string } => ({ value, by, at })
