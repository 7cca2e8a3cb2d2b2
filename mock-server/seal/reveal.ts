import { eq } from 'drizzle-orm'
import { isSealed, type Json } from '../../src/domain/sync'
import { audit, plainReason } from '../audit/audit'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { drafts } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import { registersOf } from '../sync/openDrafts'
import { sealsOf } from './draftSeal'

export interface Reveal {
  /** Account id of whoever looks; that they may is checked before. */
  actor: string
  draft: string
  path: string
  /** In their words, at least four characters; numbers in it are not kept. */
  reason: string
}

/**
 * A number in full, for staff, and an entry in the audit in the same transaction: who sees it has left a trace
 * (ASVS 14.2.6). @throws Refusal 400 `reason-missing`, 404 for what isn't there or isn't sealed
 */
export async function reveal(tx: Queries, { keys, time }: Context, { actor, draft, path, reason }: Reveal): Promise<Json> {
  if ([...reason.trim()].length < 4) throw new Refusal(400, 'reason-missing', '请写明查看完整号码的原因（至少 4 个字）。')
  const [row] = await tx.select().from(drafts).where(eq(drafts.id, draft))
  const seals = await sealsOf(tx, keys, row ? [draft] : [])
  const [found] = await registersOf(tx, seals, [path])
  const form = seals.get(draft)?.form
  if (!row || !form || !found || found.register.value === null || !isSealed(form, path)) throw notFound()
  const detail = { path, reason: plainReason(reason) }
  await audit(tx, { chain: row.call, at: time.now(), actor, action: 'revealed', subject: draft, detail })
  return found.register.value
}
