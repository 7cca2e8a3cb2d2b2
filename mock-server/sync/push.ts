import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { CLIENT_VERSION, type Operation, type PushReply, type PushRequest, type Verdict } from '../../src/domain/sync'
import { audit, type Act } from '../audit/audit'
import { shown } from '../account/sessions'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { type accounts, conflicts, devices, drafts, operations } from '../db/schema'
import { Refusal } from '../http/refusal'
import { apply, type OpenDraft } from './apply'
import { epochFor, inEpoch } from './epoch'
import { sealsOf } from '../seal/draftSeal'
import type { MasterKeys } from '../seal/master'
import { withValues } from '../seal/verdicts'
import { conflictIds, isUuid, opened, openDrafts } from './openDrafts'
import { keep, type Applied } from './keep'

/**
 * One transaction per push. A repeated operation gets the answer that it got before.
 * @throws Refusal 409 `gap` { expected }, 409 `fork` { last }, 409 `restored`, 403 `device-of-another`
 */
export function push(context: Context, account: typeof accounts.$inferSelect, request: PushRequest): Promise<PushReply> {
  return inEpoch(context.db, account.id, request, () => context.db.transaction((tx) => pushIn(tx, context, account, request)))
}

async function pushIn(tx: Queries, context: Context, account: typeof accounts.$inferSelect, request: PushRequest): Promise<PushReply> {
  const now = context.time.now()
  const { device } = request
  assertOwn(request, account.id)
  const last = await lockDevice(tx, device, account.id)
  const epoch = await epochFor(tx, account.id, request)
  const before = request.operations.filter(({ seq }) => seq <= last)
  const fresh = request.operations.filter(({ seq }) => seq > last)
  const gap = fresh.findIndex(({ seq }, i) => seq !== last + 1 + i)
  if (gap >= 0) throw new Refusal(409, 'gap', '有几步还没有收到，请从头再发。', { expected: last + 1 + gap })
  const verdicts = await repeated(tx, context.keys, device, before, last)

  const open = await openDrafts(tx, context.calls, account.id, now, fresh, context.keys)
  const conflictId = await conflictIds(tx, device, fresh, [...open.keys()])
  const author = { device, by: shown(account).name, at: new Date(now).toISOString(), conflictId }
  const applied: Applied[] = []
  for (const operation of fresh) {
    const draft = open.get(operation.draft)
    const revision = draft?.revision
    const verdict: Verdict = draft
      ? apply(draft, operation, author)
      : { seq: operation.seq, verdict: 'rejected', reason: missing(operation) }
    verdicts.push(verdict)
    const register = draft && draft.revision !== revision ? draft.registers.get(operation.path) : undefined
    if (draft && register) applied.push({ draft: draft.id, register: { ...register } })
  }
  await keep(tx, {
    device,
    account: account.id,
    last: last + fresh.length,
    open,
    applied,
    fresh,
    verdicts: verdicts.slice(before.length),
    keys: context.keys,
  })
  await closeConflicts(tx, account.id, now, request.resolved ?? [])
  await audit(tx, ...beginnings(open, account.id, now))
  return { verdicts, now: new Date(context.time.now()).toISOString(), client: CLIENT_VERSION, epoch }
}

const beginnings = (open: ReadonlyMap<string, OpenDraft>, actor: string, at: number) =>
  [...open.values()]
    .filter(({ begun }) => begun)
    .map(({ id, call, form }): Act => ({ chain: call, at, actor, action: 'draft-begun', subject: id, detail: { award: form.award } }))

/** A beginning that this server can't take is a bad value; all else is somebody's, or nobody's, draft. */
const missing = ({ path }: Operation) => (path === '$draft' ? 'bad-value' : 'unknown-draft')

async function lockDevice(tx: Queries, id: string, account: string): Promise<number> {
  await tx.insert(devices).values({ id, account }).onConflictDoNothing()
  const [row] = await tx.select().from(devices).where(eq(devices.id, id)).for('update')
  if (!row || row.account !== account) throw deviceOfAnother()
  return row.lastSeq
}

/** @throws Refusal 403 `device-of-another` */
export function assertOwn({ account }: { account?: string }, session: string): void {
  if (account !== undefined && account !== session) throw deviceOfAnother()
}
export const deviceOfAnother = () => new Refusal(403, 'device-of-another', '这台设备上的内容属于另一个账号，请换回那个账号登录。')

/** Two databases with one number: a phone that was restored from a backup counts again from where it was then. */
async function repeated(
  tx: Queries,
  keys: MasterKeys,
  device: string,
  before: readonly Operation[],
  last: number,
): Promise<Verdict[]> {
  if (before.length === 0) return []
  const seqs = before.map(({ seq }) => seq)
  const rows = await tx
    .select()
    .from(operations)
    .where(and(eq(operations.device, device), inArray(operations.seq, seqs)))
  const known = new Map(rows.map((row) => [row.seq, row]))
  const seals = await sealsOf(tx, keys, [...new Set(before.map(({ draft }) => draft))].filter(isUuid))
  return before.map(({ seq, draft, path, base, at }) => {
    const row = known.get(seq)
    if (!row || row.draft !== draft || row.path !== path || row.base !== base || row.phoneAt !== at)
      throw new Refusal(409, 'fork', '这台手机的数据是从旧备份恢复的，需要重新编号后再同步。', { last })
    return withValues(row.verdict, (of, value) => opened(seals, draft, of, value))
  })
}

/** Closes what its person saw: a value that took its place in the meantime asks anew. */
async function closeConflicts(tx: Queries, owner: string, now: number, resolved: NonNullable<PushRequest['resolved']>) {
  if (resolved.length === 0) return
  const own = tx.select({ id: drafts.id }).from(drafts).where(eq(drafts.owner, owner))
  const seen = new Map(resolved.map(({ conflict, at }) => [conflict, at]))
  const open = await tx
    .select({ id: conflicts.id, at: conflicts.at })
    .from(conflicts)
    .where(and(inArray(sql`${conflicts.id}::text`, [...seen.keys()]), isNull(conflicts.closedAt), inArray(conflicts.draft, own)))
  const closing = open.filter(({ id, at }) => (seen.get(id) ?? at.toISOString()) === at.toISOString()).map(({ id }) => id)
  if (closing.length > 0) await tx.update(conflicts).set({ closedAt: new Date(now) }).where(inArray(conflicts.id, closing))
}
