/** Whose time is over is erased (ASVS 14.2.7): applications by their call's years, and what signing in leaves behind. */
import { and, asc, eq, inArray, isNotNull, isNull, lt, lte, notInArray, sql, type SQL } from 'drizzle-orm'
import { beijingDay } from '../src/domain/rules/dates'
import { retentionEnd, type Outcome } from '../src/domain/rules/retention'
import { audit } from './audit/audit'
import type { Context } from './context'
import type { Queries } from './db/connect'
import { codes, draftKeys, drafts, sessions, submissions } from './db/schema'
import { eraseDrafts } from './personalData/eraseDraft'

type Needs = Pick<Context, 'db' | 'files' | 'time'> & { calls: Pick<Context['calls'], 'byId'> }

const DAY = 86_400_000
/** A clock that runs ahead must not erase anything: what is due waits, and is let off when it turns out not to be. */
export const GRACE_DAYS = 30
const PORTION = 100
/** Any number that no other lock of ours has. */
const RETENTION_LOCK = 5_902_031

/** One pass; only one instance at a time. Returns how many drafts were erased. */
export async function retain({ db, files, time, calls }: Needs): Promise<number> {
  const now = time.clock()
  let erased = 0
  for (;;) {
    const stored = await db.transaction(async (tx) => {
      const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${RETENTION_LOCK}) as mine`)
      if (!rows[0]?.mine) return null
      if (erased === 0) {
        await markDue(tx, calls, now)
        await forgetSigningIn(tx, now)
      }
      const over = await tx
        .select({ draft: drafts })
        .from(drafts)
        .innerJoin(draftKeys, eq(draftKeys.draft, drafts.id))
        .where(lte(draftKeys.dueSince, new Date(now - GRACE_DAYS * DAY)))
        .orderBy(asc(drafts.id))
        .limit(PORTION)
        .for('update', { of: drafts })
      const gone = await eraseDrafts(tx, over.map(({ draft }) => draft), { actor: 'system', at: now, because: 'retention' })
      await audit(tx, ...gone.acts)
      erased += over.length
      return over.length > 0 ? gone.stored : null
    })
    if (!stored) return erased
    for (const id of stored) await files.remove(id)
  }
}

/** Notes since when drafts are due, and forgets it for those that aren't. */
async function markDue(tx: Queries, calls: Needs['calls'], now: number): Promise<void> {
  const today = beijingDay(now)
  const submitted = tx.select({ id: submissions.draft }).from(submissions)
  const outcomes: Record<Outcome, SQL | undefined> = {
    awarded: isNotNull(drafts.awardedAt),
    submitted: and(isNull(drafts.awardedAt), inArray(drafts.id, submitted)),
    draft: and(isNull(drafts.awardedAt), notInArray(drafts.id, submitted)),
  }
  for (const { id } of await tx.select({ id: drafts.call }).from(drafts).where(isNull(drafts.erasedAt)).groupBy(drafts.call)) {
    const call = calls.byId(id)
    if (!call) continue
    for (const [outcome, which] of Object.entries(outcomes)) {
      const due = today > retentionEnd(call, outcome as Outcome)
      const ids = tx.select({ id: drafts.id }).from(drafts).where(and(eq(drafts.call, id), isNull(drafts.erasedAt), which))
      await tx
        .update(draftKeys)
        .set({ dueSince: due ? new Date(now) : null })
        .where(and(inArray(draftKeys.draft, ids), due ? isNull(draftKeys.dueSince) : isNotNull(draftKeys.dueSince)))
    }
  }
}

/** Sessions that ended, and codes that nobody needs to be counted any more (the longest limit is a day). */
async function forgetSigningIn(tx: Queries, now: number): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.expiresAt, new Date(now)))
  await tx.delete(codes).where(lt(codes.createdAt, new Date(now - 2 * DAY)))
}

/** Now and every day; a pass that fails is told, and made up for by the next one. Returns how to stop. */
export function keepRetained(needs: Needs, failed: (reason: unknown) => void): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const work = () => (running = retain(needs).catch(failed))
  const timer = setInterval(() => void work(), DAY)
  timer.unref()
  void work()
  return async () => {
    clearInterval(timer)
    await running
  }
}
