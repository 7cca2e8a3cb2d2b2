/**
 * The server was restored from a backup: what it had confirmed in the meantime is on the phones only. Every phone of the
 * account gives back what it knows; where another one did so before, or somebody went on working, both values stay.
 */
import { CLIENT_VERSION, UNSEEN, rowOf, sameValue, type PulledDraft, type Register } from '../domain/sync'
import type { ConflictRow, DraftRow, OutboxRow } from './database'
import { ownerOf, type Phone } from './phone'
import { VOID } from './push'
import { checkedPull } from './replies'
import { recheckUploads } from './upload'
import type { Wire } from './wire'

/** Can be killed anywhere: it begins anew until the last transaction has taken over the new epoch. */
export async function recover(wire: Wire, home: Phone): Promise<void> {
  const { db } = home
  const { device, account } = await ownerOf(db)
  const { drafts, epoch } = checkedPull(await wire.pull({ device, ...(account === null ? {} : { account }), client: CLIENT_VERSION, cursors: {} }))
  for (const id of await db.drafts.toCollection().primaryKeys())
    await giveBack(id, drafts.find((one) => one.id === id) ?? null, home)
  await db.transaction('rw', [db.owner, db.outbox], async () => {
    await db.owner.update('owner', { epoch, device: crypto.randomUUID(), nextSeq: 1 })
    await db.outbox.filter(({ path }) => path === VOID).delete()
    await db.outbox.filter(({ seq }) => seq !== null).modify({ seq: null })
  })
}

async function giveBack(draft: string, pulled: PulledDraft | null, home: Phone): Promise<void> {
  const { db } = home
  const standing = new Map((pulled?.registers ?? []).map((register) => [register.path, register]))
  const known = await valuesKnown(draft, standing, home)
  /** What an edit of this phone was made upon, in the numbers of the new epoch. */
  const baseAt = (path: string) => {
    const now = standing.get(path)
    return now ? (known.has(path) ? now.version : UNSEEN) : 0
  }
  const compared = await compare(draft, standing, home)
  const lost = await lostConflicts(draft, pulled, home)
  const submission = await lostSubmission(draft, pulled, home)
  await db.transaction('rw', [db.drafts, db.registers, db.outbox, db.conflicts, db.uploads], async () => {
    const pending = new Map<string, OutboxRow[]>()
    for (const row of await db.outbox.where('draft').equals(draft).toArray())
      pending.set(row.path, [...(pending.get(row.path) ?? []), row])
    const registers = await db.registers.where('draft').equals(draft).toArray()
    const gone = new Set(registers.flatMap(({ path, gone }) => (gone ? [path] : [])))
    for (const { row, operation } of lost) {
      await db.outbox.add(operation)
      await db.conflicts.delete([row.draft, row.id])
    }
    for (const { path, version, upon = version, payload } of registers) {
      const waiting = (pending.get(path) ?? []).filter(({ state, base }) => state !== 'refused' && base !== UNSEEN)
      for (const { id, base } of waiting) {
        // Typed upon something older than what stood here: its author has not seen that, in any numbers.
        const seen = base >= upon && base <= version && known.has(path)
        // Upon nothing, and no UNSEEN: what is typed next goes on from it, and a recovery that begins anew finds it again.
        if (id !== undefined) await db.outbox.update(id, { base: seen ? (standing.get(path)?.version ?? 0) : 0, seq: null })
      }
      // A cell of a row that was deleted goes when its row comes back. What was changed since it was compared waits by itself.
      const lost = compared.get(path)
      const state = gone.has(rowOf(path) ?? '') ? 'parked' : 'waiting'
      if (waiting.length === 0 && version > 0 && lost?.of === JSON.stringify(payload))
        await db.outbox.add({ draft, path, base: baseAt(path), seq: null, state, payload: lost.operation })
      await db.registers.update([draft, path], { version: standing.get(path)?.version ?? 0, upon: undefined })
    }
    // Everything is fetched once more, and every file is asked for.
    await db.drafts.update(draft, { revision: 0, ...submission })
    await recheckUploads(db, draft)
  })
}

/** Paths whose standing value this phone has had before its eyes: as its own, or among what it replaced. */
async function valuesKnown(draft: string, standing: ReadonlyMap<string, Register>, { db, codec }: Phone): Promise<Set<string>> {
  const known = new Set<string>()
  const rows = [
    ...(await db.registers.where('draft').equals(draft).toArray()),
    ...(await db.versions.where('draft').equals(draft).toArray()),
  ]
  for (const { path, payload } of rows) {
    const now = standing.get(path)
    if (now && sameValue((await codec.open(payload)).value, now.value)) known.add(path)
  }
  return known
}

/** Path → the operation that gives an answer back, for each that the server has otherwise; `of`: the payload compared. */
async function compare(draft: string, standing: ReadonlyMap<string, Register>, { db, codec }: Phone) {
  const differing = new Map<string, { of: string; operation: OutboxRow['payload'] }>()
  for (const { path, payload } of await db.registers.where('draft').equals(draft).toArray()) {
    const { value, at } = await codec.open(payload)
    const now = standing.get(path)
    if (!now || !sameValue(value, now.value)) differing.set(path, { of: JSON.stringify(payload), operation: await codec.seal({ value, at }) })
  }
  return differing
}

/** Nobody may go on believing to have submitted: what the receipt here proves has to be submitted again. */
async function lostSubmission(draft: string, pulled: PulledDraft | null, { db, codec }: Phone): Promise<Pick<DraftRow, 'lost'>> {
  const row = await db.drafts.get(draft)
  const receipt = row && (await codec.open(row.payload)).submission?.receipt
  const standing = pulled?.submission?.receipt ?? null
  return receipt && receipt !== standing ? { lost: { receipt, standing } } : {}
}

/** Conflicts that the server has forgotten: the refused value goes there again, to be refused again. */
async function lostConflicts(draft: string, pulled: PulledDraft | null, { db, codec }: Phone) {
  const there = new Set((pulled?.conflicts ?? []).map(({ id }) => id))
  const open = await db.conflicts.where('draft').equals(draft).and(({ id, closed }) => !closed && !there.has(id)).toArray()
  return Promise.all(
    open.map(async (row): Promise<{ row: ConflictRow; operation: OutboxRow }> => {
      const { path, mine, at } = await codec.open(row.payload)
      const payload = await codec.seal({ value: mine, at })
      return { row, operation: { draft, path, base: UNSEEN, seq: null, state: 'waiting', payload } }
    }),
  )
}
