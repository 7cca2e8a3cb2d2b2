import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { Conflict, PulledDraft, PullReply, PullRequest, Register } from '../../src/domain/sync'
import { maskPhone } from '../account/sessions'
import { beijingInstant } from '../clock'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, conflicts, devices, drafts, registers, submissions } from '../db/schema'
import { sealsOf, type Seals } from '../seal/draftSeal'
import { epochFor, inEpoch } from './epoch'
import { marksAt } from './mark'
import { opened } from './openDrafts'
import { assertOwn, deviceOfAnother } from './push'

/**
 * All drafts of the account, each with what changed after the phone's cursor. A draft without changes comes too, with
 * no registers: conflicts and submissions move without its revision. One snapshot, so that a revision and its
 * registers belong together.
 */
export async function pull(context: Context, account: string, request: PullRequest): Promise<PullReply> {
  const { device, cursors } = request
  assertOwn(request, account)
  return inEpoch(context.db, account, request, () => context.db.transaction(
    async (tx) => {
      const [known] = await tx.select().from(devices).where(eq(devices.id, device))
      if (known && known.account !== account) throw deviceOfAnother()
      const epoch = await epochFor(tx, account, request)
      const own = await tx.select().from(drafts).where(and(eq(drafts.owner, account), isNull(drafts.erasedAt))).orderBy(asc(drafts.createdAt), asc(drafts.id))
      const ids = own.map(({ id }) => id)
      const seals = await sealsOf(tx, context.keys, ids)
      const [changed, open, submitted] = [
        await changesAfter(tx, seals, ids, cursors),
        await openConflicts(tx, seals),
        await standing(tx, ids),
      ]
      const marks = await marksAt(tx, account, new Map(own.map(({ id, revision }) => [id, revision])))
      const pulled = own.map(({ id, revision }): PulledDraft => ({
        id,
        revision,
        ...(marks.has(id) ? { mark: marks.get(id) } : {}),
        registers: changed.get(id) ?? [],
        conflicts: open.get(id) ?? [],
        submission: submitted.get(id) ?? null,
      }))
      return { drafts: pulled, now: new Date(context.time.now()).toISOString(), epoch }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  ))
}

async function changesAfter(tx: Queries, seals: Seals, ids: string[], cursors: Record<string, number>): Promise<Map<string, Register[]>> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ register: registers, name: accounts.name, phone: accounts.phone })
    .from(registers)
    .innerJoin(accounts, eq(accounts.id, registers.account))
    .where(or(...ids.map((id) => and(eq(registers.draft, id), gt(registers.version, cursors[id] ?? 0)))))
    .orderBy(asc(registers.version))
  return grouped(rows, ({ register: { draft, path, value, version, at }, name, phone }) => [
    draft,
    { path, value: opened(seals, draft, path, value), version, by: name ?? maskPhone(phone), at: at.toISOString() },
  ])
}

/** What waits for a person's choice. */
export async function openConflicts(tx: Queries, seals: Seals): Promise<Map<string, Conflict[]>> {
  if (seals.size === 0) return new Map()
  const rows = await tx
    .select({ conflict: conflicts, name: accounts.name, phone: accounts.phone })
    .from(conflicts)
    .innerJoin(accounts, eq(accounts.id, conflicts.account))
    .where(and(inArray(conflicts.draft, [...seals.keys()]), isNull(conflicts.closedAt)))
    .orderBy(asc(conflicts.at), asc(conflicts.id))
  return grouped(rows, ({ conflict: { id, draft, path, mine, at, against, reason }, name, phone }) => [
    draft,
    { id, path, mine: opened(seals, draft, path, mine), by: name ?? maskPhone(phone), at: at.toISOString(), against, reason },
  ])
}

async function standing(tx: Queries, ids: string[]) {
  if (ids.length === 0) return new Map<string, PulledDraft['submission']>()
  const rows = await tx
    .select()
    .from(submissions)
    .where(and(inArray(submissions.draft, ids), eq(submissions.state, 'stands')))
  return new Map(
    rows.map(({ draft, number, revision, at }) => [draft, { receipt: number, revision, at: beijingInstant(at.getTime()) }]),
  )
}

function grouped<R, T>(rows: readonly R[], entry: (row: R) => [key: string, item: T]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const [key, item] = entry(row)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
