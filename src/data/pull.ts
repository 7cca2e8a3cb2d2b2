/** What changed elsewhere, and what was submitted; a pending edit is never hidden, a cursor never runs ahead. */
import { CLIENT_VERSION, sameValue, type Json, type PulledDraft } from '../domain/sync'
import type { ConflictRow, DraftRow, RegisterRow } from './database'
import { noteArrival } from './moments'
import { sealRegister, unpark } from './outbox'
import { authorOf, type Phone } from './phone'
import { standing } from './push'
import { checkedPull } from './replies'
import { noteServerTime } from './serverInfo'
import { earlierValues } from './versions'
import type { Wire } from './wire'

export async function pullAll(wire: Wire, home: Phone): Promise<void> {
  const { db } = home
  const from = await standing(home)
  const reply = checkedPull(await wire.pull({ ...from, client: CLIENT_VERSION }))
  noteServerTime(reply.now)
  for (const draft of reply.drafts) await storePulled(draft, home)
  if (from.epoch === undefined) await db.owner.update('owner', { epoch: reply.epoch })
}

interface Sealed {
  registers: RegisterRow[]
  conflicts: ConflictRow[]
  payload: DraftRow['payload']
}

async function storePulled(pulled: PulledDraft, home: Phone): Promise<void> {
  if (await nothingNew(pulled, home)) return
  const { codec } = home
  const { id, submission } = pulled
  const sealed: Sealed = {
    registers: await Promise.all(pulled.registers.map((register) => sealRegister(codec, id, register))),
    conflicts: await Promise.all(
      pulled.conflicts.map(async (one) => ({ draft: id, id: one.id, closed: 0 as const, at: one.at, payload: await codec.seal({ ...one }) })),
    ),
    payload: await codec.seal({ submission }),
  }
  const { db } = home
  const author = await authorOf(home)
  const fromOthers = pulled.registers.some(({ by }) => by !== author)
  await db.transaction('rw', [db.drafts, db.registers, db.outbox, db.conflicts, ...earlierValues(db)], async () => {
    await noteArrival(db, id, sealed.registers, fromOthers)
    await store(pulled, sealed, home)
  })
}

/** The registers, the cursor that covers them and what belongs to the draft, in one transaction. */
async function store({ id, revision, mark: given, registers, submission }: PulledDraft, sealed: Sealed, { db }: Phone): Promise<void> {
  for (const row of sealed.registers) {
    const pending = await db.outbox.where('[draft+path]').equals([id, row.path]).toArray()
    const mine = await db.registers.get([id, row.path])
    // Giving up a refused edit goes back to what stands by then.
    for (const { id: refused, state } of pending)
      if (state === 'refused' && refused !== undefined) await db.outbox.update(refused, { stands: row })
    if (pending.length > 0 || row.version < (mine?.version ?? 0)) continue
    await db.registers.put(row)
    if (mine?.gone && !row.gone) await unpark(db, id, row.path)
  }
  const closed = await db.conflicts.where('draft').equals(id).and((one) => one.closed === 1).toArray()
  const told = new Map(closed.map((one) => [one.id, one.at]))
  await db.conflicts.where('draft').equals(id).and((one) => one.closed === 0).delete()
  // Closed here is only what somebody saw: a value that came after it under the same id asks anew.
  await db.conflicts.bulkPut(sealed.conflicts.filter((one) => !told.has(one.id) || (told.get(one.id) ?? one.at) !== one.at))

  const now = await db.drafts.get(id)
  const newest = registers.reduce((latest, { at }) => Math.max(latest, Date.parse(at) || 0), 0)
  // An answer that was overtaken by a later one.
  const mark = now && now.revision > revision ? now.mark : given
  await db.drafts.put({
    id,
    revision: Math.max(revision, now?.revision ?? 0),
    ...(mark === undefined ? {} : { mark }),
    changedAt: Math.max(newest, now?.changedAt ?? 0),
    payload: sealed.payload,
    // What was submitted and no longer stands was withdrawn: submitting it again is a new act with a new key.
    ...(now?.attempt && !(now.attempt.done && !submission) ? { attempt: now.attempt } : {}),
    // Until something else is submitted, here or on another phone.
    ...(now?.lost && (submission?.receipt ?? null) === now.lost.standing ? { lost: now.lost } : {}),
  })
}

/** Every pull names every draft; writing the unchanged ones would wake all screens each time. */
async function nothingNew(pulled: PulledDraft, { db, codec }: Phone): Promise<boolean> {
  const { id, revision, registers, conflicts, submission } = pulled
  const now = await db.drafts.get(id)
  if (!now || now.revision < revision || registers.length > 0 || conflicts.length > 0) return false
  if ((await db.conflicts.where('draft').equals(id).and((one) => one.closed === 0).count()) > 0) return false
  if (now.attempt?.done && !submission) return false
  return sameValue(((await codec.open(now.payload)).submission ?? null) as unknown as Json, submission as unknown as Json)
}
