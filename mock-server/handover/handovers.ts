/** Encrypted packages on their way between two browsers: half an hour, once, for whoever knows the code. */
import { randomBytes } from 'node:crypto'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import type { Context } from '../context'
import { handovers } from '../db/schema'
import { Refusal } from '../http/refusal'

const MINUTE = 60_000
/** Time to type a code, also for slow fingers; short for whoever guesses. */
const LIFE = 30 * MINUTE
/** A large package on a bad line; its half hour begins when it is here. */
const LONGEST_SENDING = 120 * MINUTE
/** A draft's files (200 MB at most) with its text. */
export const MOST_BYTES = 210 * 1024 * 1024
/** Of all that are here at one time: the disk belongs to the applications. */
const MOST_AT_ONCE = { count: 500, bytes: 20 * 1024 ** 3 }
/** Any number that no other lock of ours has. */
const RESERVE_LOCK = 5_902_030

type Row = typeof handovers.$inferSelect
/** `stored` says how far it is: the file's id, with a mark while it is coming in, and empty once it was taken. */
const COMING = 'coming '
export type State = 'coming' | 'waiting' | 'taken'
export const stateOf = ({ stored }: Pick<Row, 'stored'>): State =>
  stored === '' ? 'taken' : stored.startsWith(COMING) ? 'coming' : 'waiting'
const fileOf = ({ stored }: Pick<Row, 'stored'>) => stored.replace(COMING, '')

/** One that has not expired, or null. */
export async function findHandover({ db, time }: Context, id: string): Promise<Row | null> {
  const [row] = await db
    .select()
    .from(handovers)
    .where(and(eq(handovers.id, id), gt(handovers.expiresAt, new Date(time.clock()))))
  return row ?? null
}

/**
 * Makes room for a package of so many bytes; resolves with the file's id. One that was coming in under this id was cut off,
 * and begins anew. @throws Refusal 409 `exists`, 503 `busy`
 */
export async function reserve(context: Context, id: string, bytes: number): Promise<string> {
  await sweepHandovers(context)
  const { db, files, time } = context
  const now = time.clock()
  const file = randomBytes(16).toString('hex')
  const replaced = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${RESERVE_LOCK})`)
    const [before] = await tx.select().from(handovers).where(eq(handovers.id, id))
    if (before && stateOf(before) !== 'coming') throw new Refusal(409, 'exists', '这个转移码已经用过了，请重新生成一个。')
    if (before) await tx.delete(handovers).where(eq(handovers.id, id))
    const [held] = await tx
      .select({ count: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(bytes), 0)::float8` })
      .from(handovers)
      .where(gt(handovers.expiresAt, new Date(now)))
    if (held && (held.count >= MOST_AT_ONCE.count || held.bytes + bytes > MOST_AT_ONCE.bytes))
      throw new Refusal(503, 'busy', '现在转移的人太多，请过几分钟再试，或者改用救援包。', undefined, 300)
    const times = { createdAt: new Date(now), expiresAt: new Date(now + LONGEST_SENDING) }
    await tx.insert(handovers).values({ id, bytes, stored: COMING + file, ...times })
    return before ? fileOf(before) : null
  })
  if (replaced) await files.remove(replaced)
  return file
}

/** It is here whole; resolves with the time until which it can be fetched. Null where another try has taken its place. */
export async function complete({ db, time }: Context, id: string, file: string): Promise<Date | null> {
  const expiresAt = new Date(time.clock() + LIFE)
  const done = await db
    .update(handovers)
    .set({ stored: file, expiresAt })
    .where(and(eq(handovers.id, id), eq(handovers.stored, COMING + file)))
    .returning()
  return done.length > 0 ? expiresAt : null
}

/** It broke off: nothing of it stays. */
export async function abandon({ db, files }: Context, id: string, file: string): Promise<void> {
  await files.remove(file)
  await db.delete(handovers).where(and(eq(handovers.id, id), eq(handovers.stored, COMING + file)))
}

/** It was imported, or its giver has thought better of it: the bytes go, its row tells the giver until it expires. */
export async function markTaken({ db, files }: Context, row: Row): Promise<void> {
  if (stateOf(row) === 'taken') return
  await files.remove(fileOf(row))
  await db.update(handovers).set({ stored: '', bytes: 0 }).where(eq(handovers.id, row.id))
}

/** Removes what has expired: the bytes first, so that a kill in between leaves a row that is found again. */
export async function sweepHandovers({ db, files, time }: Context): Promise<number> {
  return db.transaction(async (tx) => {
    const expired = await tx
      .select()
      .from(handovers)
      .where(lte(handovers.expiresAt, new Date(time.clock())))
      .limit(100)
      .for('update', { skipLocked: true })
    for (const row of expired) {
      if (row.stored !== '') await files.remove(fileOf(row))
      await tx.delete(handovers).where(eq(handovers.id, row.id))
    }
    return expired.length
  })
}
