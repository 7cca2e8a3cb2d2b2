import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Act } from '../audit/audit'
import type { Queries } from '../db/connect'
import {
  conflicts,
  draftKeys,
  drafts,
  files,
  history,
  identities,
  operations,
  previews,
  registers,
  submissions,
} from '../db/schema'

export interface Erased {
  acts: Act[]
  /** Ids in the file storage, to be removed once the transaction stands. */
  stored: string[]
}

/**
 * Takes everything personal out of these drafts and destroys their keys. Receipt, digest and sealed content of a
 * submission stay, which nobody can open any more: who holds the receipt can still have it verified. The caller holds
 * the rows' locks, writes the acts into the audit and removes the files.
 */
export async function eraseDrafts(
  tx: Queries,
  rows: readonly (typeof drafts.$inferSelect)[],
  by: { actor: string; at: number; because: 'asked' | 'retention' },
): Promise<Erased> {
  if (rows.length === 0) return { acts: [], stored: [] }
  const ids = rows.map(({ id }) => id)
  const stored = await tx.select({ id: files.stored }).from(files).where(inArray(files.draft, ids))
  const receipts = await tx.select({ draft: submissions.draft, number: submissions.number }).from(submissions).where(inArray(submissions.draft, ids))

  // The phones of others may ask again what became of their edits: they hear that there is no such draft.
  await tx
    .update(operations)
    .set({ verdict: sql`json_build_object('seq', ${operations.seq}, 'verdict', 'rejected', 'reason', 'unknown-draft')` })
    .where(inArray(operations.draft, ids))
  for (const table of [registers, history, conflicts, files, previews, identities])
    await tx.delete(table).where(inArray(table.draft, ids))
  await tx.update(draftKeys).set({ key: null, dueSince: null }).where(inArray(draftKeys.draft, ids))
  await tx.update(submissions).set({ state: 'withdrawn' }).where(and(inArray(submissions.draft, ids), eq(submissions.state, 'stands')))
  await tx.update(drafts).set({ submitted: null, erasedAt: new Date(by.at) }).where(inArray(drafts.id, ids))

  const acts = rows.map(({ id, call }): Act => {
    const numbers = receipts.filter(({ draft }) => draft === id).map(({ number }) => number)
    const detail = { because: by.because, receipts: numbers }
    return { chain: call, at: by.at, actor: by.actor, action: 'draft-erased', subject: id, detail }
  })
  return { acts, stored: stored.map(({ id }) => id) }
}
