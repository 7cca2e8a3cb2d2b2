import { and, asc, eq, inArray, isNull, notInArray } from 'drizzle-orm'
import type { ErasedAccount } from '../../src/domain/api'
import { retentionEnd } from '../../src/domain/rules/retention'
import { audit, PORTAL } from '../audit/audit'
import type { Context } from '../context'
import { accounts, devices, drafts, phoneKeys, roles, secondFactors, sessions, submissions, uploads } from '../db/schema'
import { eraseDrafts } from './eraseDraft'

/** Shown beside what this person once wrote in the drafts of others. */
const GONE = '已注销'

/**
 * Erases an account because its owner asks for it (个人信息保护法 47): sessions, devices, keys of phones, roles and drafts go, the account
 * stays as a number without a person. Applications with an award stay, sealed, until the end of their retention.
 * The same phone number can sign in again, as somebody new.
 */
export async function eraseAccount({ db, files, time, calls }: Context, account: string): Promise<ErasedAccount> {
  const at = time.clock()
  const { outcome, stored } = await db.transaction(async (tx) => {
    const own = await tx.select().from(drafts).where(and(eq(drafts.owner, account), isNull(drafts.erasedAt))).orderBy(asc(drafts.id)).for('update')
    const kept = own.flatMap((draft) => {
      const call = draft.awardedAt && calls.byId(draft.call)
      return call ? [{ draft: draft.id, until: retentionEnd(call, 'awarded') }] : []
    })
    const going = own.filter(({ id }) => !kept.some(({ draft }) => draft === id))
    const { acts, stored } = await eraseDrafts(tx, going, { actor: account, at, because: 'asked' })
    // What was never submitted leaves no trace at all.
    const proven = tx.select({ id: submissions.draft }).from(submissions)
    await tx.delete(drafts).where(and(inArray(drafts.id, going.map(({ id }) => id)), notInArray(drafts.id, proven)))
    for (const table of [sessions, devices, phoneKeys, secondFactors, uploads]) await tx.delete(table).where(eq(table.account, account))
    await tx.update(roles).set({ revokedAt: new Date(at) }).where(and(eq(roles.account, account), isNull(roles.revokedAt)))
    await tx.update(accounts).set({ phone: `erased ${account}`, name: GONE }).where(eq(accounts.id, account))
    const detail = { erased: going.length, kept: kept.map(({ draft }) => draft) }
    await audit(tx, ...acts, { chain: PORTAL, at, actor: account, action: 'account-erased', subject: account, detail })
    return { outcome: { erased: going.length, kept }, stored }
  })
  // A kill in between leaves bytes without a row: the sweep finds them.
  for (const id of stored) await files.remove(id)
  return outcome
}
