/** The devices on which somebody is signed in, for that person's own eyes. */
import { and, desc, eq, gt, ne } from 'drizzle-orm'
import type { SignedInDevice } from '../../src/domain/api'
import type { Context } from '../context'
import { sessions } from '../db/schema'
import type { Session } from './sessions'

/** The one in use first, then by when they were last seen. */
export async function ownSessions({ db, time }: Context, { id, account }: Session): Promise<SignedInDevice[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.account, account.id), gt(sessions.expiresAt, new Date(time.clock()))))
    .orderBy(desc(sessions.seenAt))
  const list = rows.map((row) => ({
    id: row.id,
    device: row.device || '其他设备',
    signedInAt: row.createdAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    current: row.id === id,
  }))
  return list.sort((a, b) => Number(b.current) - Number(a.current))
}

export async function endSession({ db }: Context, id: string, account: string): Promise<void> {
  await db.delete(sessions).where(and(eq(sessions.id, id), eq(sessions.account, account)))
}

/** Resolves with how many there were. */
export async function endOthers({ db }: Pick<Context, 'db'>, { id, account }: Session): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.account, account.id), ne(sessions.id, id)))
    .returning()
  return ended.length
}
