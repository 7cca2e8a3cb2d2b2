import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { drafts, history } from '../db/schema'

/**
 * What tells the given revision of each draft from another one of the same number: tables that were restored from a
 * backup give numbers again, to other changes. Draft id → mark; without one: no such revision.
 */
export async function marksAt(tx: Queries, account: string, revisions: ReadonlyMap<string, number>): Promise<Map<string, string>> {
  if (revisions.size === 0) return new Map()
  const rows = await tx
    .select({ draft: history.draft, version: history.version, path: history.path, device: history.device, at: history.at })
    .from(history)
    .innerJoin(drafts, eq(drafts.id, history.draft))
    .where(and(eq(drafts.owner, account), inArray(history.draft, [...revisions.keys()]), inArray(history.version, [...new Set(revisions.values())])))
  const at = rows.filter(({ draft, version }) => revisions.get(draft) === version)
  return new Map(at.map(({ draft, path, device, at }) => [draft, markOf(`${device} ${path} ${at.getTime()}`)]))
}

const markOf = (what: string) => createHash('sha256').update(what).digest('base64url').slice(0, 16)
