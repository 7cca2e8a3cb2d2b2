/** Uploads under way, per account: what was begun must not fill the disk before it is ever looked into. */
import { asc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { drafts, uploads } from '../db/schema'

/** A phone has one or two under way; many were left behind by a phone that lost its memory. */
const MOST = { count: 250, bytes: 400 * 1024 * 1024 }
/** Any number that no other lock of ours has, with an account's. */
const ACCOUNT_LOCK = 3

/** Notes an upload as begun. Beyond the limit the account's oldest ones make room: their phones begin those anew. */
export async function begun({ db, files: storage }: Context, id: string, draft: string, bytes: number): Promise<void> {
  const left = await db.transaction(async (tx) => {
    const [owner] = await tx.select({ account: drafts.owner }).from(drafts).where(eq(drafts.id, draft))
    if (!owner) return []
    const { account } = owner
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${account}, ${ACCOUNT_LOCK}))`)
    const all = await tx.select().from(uploads).where(eq(uploads.account, account)).orderBy(asc(uploads.begunAt), asc(uploads.id))
    let count = all.length + 1
    let held = all.reduce((sum, one) => sum + one.bytes, bytes)
    const leaving: string[] = []
    for (const one of all) {
      if (count <= MOST.count && held <= MOST.bytes) break
      leaving.push(one.id)
      count -= 1
      held -= one.bytes
    }
    if (leaving.length > 0) await tx.delete(uploads).where(inArray(uploads.id, leaving))
    await tx.insert(uploads).values({ id, account, bytes })
    return leaving
  })
  for (const one of left) await storage.remove(one)
}

/** They are confirmed, refused or removed. @param before those begun earlier are ended too */
export async function ended(db: Queries, ids: readonly string[], before?: Date): Promise<void> {
  const old = before && lt(uploads.begunAt, before)
  if (ids.length > 0 || old) await db.delete(uploads).where(or(inArray(uploads.id, [...ids]), old))
}
