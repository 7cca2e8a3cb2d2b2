import { createHash } from 'node:crypto'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { canonicalJson, type Receipt } from '../../src/domain/submission'
import type { Call } from '../../src/domain/calls/call'
import { audit } from '../audit/audit'
import { beijingInstant } from '../clock'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { drafts, idempotency, submissions } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import { sealContent } from '../seal/content'
import { sealOf } from '../seal/draftSeal'
import { checked, onTime } from './check'
import { signReceipt } from './keys'
import { nextNumber } from './number'

export interface Submitting {
  draft: string
  owner: string
  key: string
  body: { revision: number; digest: string }
  /** Arrival by the server's clock, ms: what counts, however long the rest takes. */
  arrivedAt: number
}

/**
 * Submits a revision and gives its receipt; the one that stood before is replaced. A key that was seen gets its
 * receipt again, also after the closing instant.
 * @throws Refusal 404, 409 (`SubmissionRefusal`, `in-flight`), 422 `key-reused`
 */
export function submit({ db, calls, keys }: Context, { draft: id, owner, key, body, arrivedAt }: Submitting): Promise<Receipt> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`${id} ${key}`}, 2)) as free`,
    )
    const draft = await locked(tx, id, owner, rows[0]?.free === true)
    const bodyDigest = createHash('sha256').update(canonicalJson(body)).digest('hex')
    const [seen] = await tx
      .select()
      .from(idempotency)
      .where(and(eq(idempotency.draft, id), eq(idempotency.key, key)))
    if (seen && seen.body !== bodyDigest) throw new Refusal(422, 'key-reused', '这次提交和上一次的内容不同，请重新提交。')
    if (seen) return seen.receipt

    const call = calls.byId(draft.call)
    if (!call) throw notFound()
    onTime(arrivedAt, call)
    const { receipt, replaced } = await receiptFor(tx, call)
    await tx.insert(idempotency).values({ draft: id, key, body: bodyDigest, receipt })
    if (replaced !== receipt.number) {
      const { number, revision, digest } = receipt
      const [action, before] = replaced ? (['replaced', { replaced }] as const) : (['submitted', {}] as const)
      const detail = { receipt: number, revision, digest, ...before }
      await audit(tx, { chain: call.id, at: arrivedAt, actor: owner, action, subject: id, detail })
    }
    return receipt

    /** `replaced`: number of the one that stood before; its own where nothing changed. */
    async function receiptFor(tx: Queries, call: Call): Promise<{ receipt: Receipt; replaced?: string | undefined }> {
      const seal = await sealOf(tx, keys, id)
      const { content, text, digest } = await checked(tx, draft, call, body, new Map([[id, seal]]))
      const [standing] = await tx
        .select()
        .from(submissions)
        .where(and(eq(submissions.draft, id), eq(submissions.state, 'stands')))
      // Submitted already, word for word: a second receipt would only raise the question which one counts.
      if (standing?.revision === draft.revision && standing.digest === digest)
        return { receipt: standing.receipt, replaced: standing.number }
      const receipt = await signReceipt(tx, {
        number: await nextNumber(tx, call, draft.award),
        award: draft.award,
        call: call.id,
        draft: id,
        revision: draft.revision,
        at: beijingInstant(arrivedAt),
        digest,
        files: content.files.length,
        bytes: content.files.reduce((sum, { bytes }) => sum + bytes, 0),
      })
      await tx
        .update(submissions)
        .set({ state: 'replaced' })
        .where(and(eq(submissions.draft, id), eq(submissions.state, 'stands')))
      const { number, revision } = receipt
      const at = new Date(arrivedAt)
      const stored = sealContent(seal, number, text)
      await tx.insert(submissions).values({ number, draft: id, revision, digest, content: stored, receipt, state: 'stands', at })
      await tx.update(drafts).set({ submitted: number }).where(eq(drafts.id, id))
      return { receipt, replaced: standing?.number }
    }
  })
}

async function locked(tx: Queries, id: string, owner: string, free: boolean) {
  const own = and(eq(drafts.id, id), eq(drafts.owner, owner), isNull(drafts.erasedAt))
  const [draft] = free ? await tx.select().from(drafts).where(own).for('update') : await tx.select().from(drafts).where(own)
  if (!draft) throw notFound()
  if (!free) throw new Refusal(409, 'in-flight', '正在提交，请稍等。', undefined, 1)
  return draft
}

/** 撤回: nothing is submitted then. Doing it twice changes nothing. @throws Refusal 409 `late`, `not-submitted` */
export function withdraw({ db, calls }: Context, id: string, owner: string, arrivedAt: number): Promise<void> {
  return db.transaction(async (tx) => {
    const draft = await locked(tx, id, owner, true)
    const [last] = await tx.select().from(submissions).where(eq(submissions.draft, id)).orderBy(desc(submissions.id)).limit(1)
    if (!last) throw new Refusal(409, 'not-submitted', '这份申报还没有提交，不用撤回。')
    if (last.state === 'withdrawn') return
    const call = calls.byId(draft.call)
    if (!call) throw notFound()
    onTime(arrivedAt, call)
    await tx.update(submissions).set({ state: 'withdrawn' }).where(eq(submissions.id, last.id))
    await tx.update(drafts).set({ submitted: null }).where(eq(drafts.id, id))
    const detail = { receipt: last.number }
    await audit(tx, { chain: call.id, at: arrivedAt, actor: owner, action: 'withdrawn', subject: id, detail })
  })
}
