/** Whether a phone's numbers belong to these tables, or to those that were lost when a backup was restored. */
import { and, eq, inArray } from 'drizzle-orm'
import type { PullRequest } from '../../src/domain/sync'
import type { Queries } from '../db/connect'
import { accounts, devices, drafts } from '../db/schema'
import { Refusal } from '../http/refusal'
import { marksAt } from './mark'

export type Numbers = Pick<PullRequest, 'device' | 'epoch' | 'acknowledged' | 'marks'> & { cursors?: PullRequest['cursors'] }

/** The phone knows what these tables have never said. */
class Restored extends Error {
  override readonly name = 'Restored'
}

/** The account's epoch. @throws Refusal 409 `restored`; `Restored`, for `inEpoch` */
export async function epochFor(tx: Queries, account: string, { device, epoch, cursors = {}, marks = {}, acknowledged = 0 }: Numbers): Promise<string> {
  const [row] = await tx.select({ epoch: accounts.epoch }).from(accounts).where(eq(accounts.id, account))
  const current = row?.epoch ?? ''
  if (epoch === undefined) return current
  if (epoch !== current) throw restored()
  if (acknowledged > 0) {
    const [known] = await tx.select({ last: devices.lastSeq }).from(devices).where(eq(devices.id, device))
    if ((known?.last ?? 0) < acknowledged) throw new Restored()
  }
  const seen = Object.entries(cursors).filter(([id, revision]) => revision > 0 && UUID.test(id))
  if (seen.length === 0) return current
  const rows = await tx
    .select({ id: drafts.id, revision: drafts.revision, erasedAt: drafts.erasedAt })
    .from(drafts)
    .where(and(eq(drafts.owner, account), inArray(drafts.id, seen.map(([id]) => id))))
  const standing = new Map(rows.map(({ id, revision }) => [id, revision]))
  if (seen.some(([id, revision]) => (standing.get(id) ?? 0) < revision)) throw new Restored()
  // Somebody else's changes may have been given those numbers since.
  const erased = new Set(rows.flatMap(({ id, erasedAt }) => (erasedAt ? [id] : [])))
  const marked = new Map(seen.filter(([id]) => marks[id] !== undefined && !erased.has(id)))
  const given = await marksAt(tx, account, marked)
  if ([...marked.keys()].some((id) => given.get(id) !== marks[id])) throw new Restored()
  return current
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Runs the work; where it finds that the tables were restored, the account's next epoch begins, for all its phones. */
export async function inEpoch<T>(db: Queries, account: string, { epoch }: Numbers, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    if (!(reason instanceof Restored) || epoch === undefined) throw reason
    // Only once, however many of its phones find out at the same time.
    await db
      .update(accounts)
      .set({ epoch: crypto.randomUUID() })
      .where(and(eq(accounts.id, account), eq(accounts.epoch, epoch)))
    throw restored()
  }
}

const restored = () => new Refusal(409, 'restored', '服务器从备份恢复过，手机正在核对，少了的会自动补上。')
