/** What changed elsewhere, and what was submitted; a pending edit is never hidden, a cursor never runs ahead. */
import { CLIENT_VERSION, type PulledDraft } from '../domain/sync'
import { ownerOf, phone } from './phone'
import { noteServerTime } from './serverInfo'
import type { Wire } from './wire'

export async function pullAll(wire: Wire): Promise<void> {
  const { db } = phone()
  const { device } = await ownerOf(db)
  const cursors = Object.fromEntries((await db.drafts.toArray()).map(({ id, revision }) => [id, revision]))
  const reply = await wire.pull({ device, client: CLIENT_VERSION, cursors })
  noteServerTime(reply.now)
  for (const draft of reply.drafts) await storePulled(draft)
}

async function storePulled({ id, revision, registers, conflicts, submission }: PulledDraft): Promise<void> {
  const { db, codec } = phone()
  const before = await db.drafts.get(id)
  const rows = await Promise.all(
    registers.map(async ({ path, version, value, by, at }) => ({ draft: id, path, version, payload: await codec.seal({ value, by, at }) })),
  )
  const open = await Promise.all(
    conflicts.map(async (conflict) => ({ draft: id, id: conflict.id, closed: 0 as const, payload: await codec.seal({ ...conflict }) })),
  )
  const payload = await codec.seal({ ...(before ? await codec.open(before.payload) : {}), submission })
  const newest = registers.reduce((latest, { at }) => Math.max(latest, Date.parse(at) || 0), 0)

  await db.transaction('rw', [db.drafts, db.registers, db.outbox, db.conflicts], async () => {
    for (const row of rows) {
      const pending = await db.outbox.where('[draft+path]').equals([id, row.path]).count()
      const mine = await db.registers.get([id, row.path])
      if (pending === 0 && row.version > (mine?.version ?? -1)) await db.registers.put(row)
    }
    const now = await db.drafts.get(id)
    const closed = new Set((await db.conflicts.where('draft').equals(id).toArray()).filter((one) => one.closed).map((one) => one.id))
    await db.conflicts.where('draft').equals(id).filter((one) => one.closed === 0).delete()
    await db.conflicts.bulkPut(open.filter((one) => !closed.has(one.id)))
    await db.drafts.put({
      id,
      revision: Math.max(revision, now?.revision ?? 0),
      changedAt: Math.max(newest, now?.changedAt ?? 0),
      payload,
    })
  })
}
