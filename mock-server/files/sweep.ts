import { inArray, sql } from 'drizzle-orm'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { files, handovers } from '../db/schema'
import { ended } from './unfinished'

const DAY = 86_400_000
/** An upload that nobody went on with for so long begins anew. */
export const UNFINISHED_DAYS = 7
/** Any number that no other lock of ours has. */
const SWEEP_LOCK = 5_902_022

/**
 * Removes bytes that nothing refers to: uploads left unfinished, files whose row never came, files of erased drafts.
 * What was confirmed stays, however old. Only one instance at a time sweeps.
 * @param now ms, the machine's time, which the storage's times are
 * @returns how many were removed
 */
export async function sweep({ db, files: storage }: Pick<Context, 'db' | 'files'>, now: number): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ mine: boolean }>(sql`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as mine`)
    if (!rows[0]?.mine) return 0
    const old = (await storage.list()).filter(({ changedAt }) => now - changedAt > UNFINISHED_DAYS * DAY).map(({ id }) => id)
    const kept = await referredTo(tx, old)
    const left = old.filter((id) => !kept.has(id))
    for (const id of left) await storage.remove(id)
    await ended(tx, left, new Date(now - UNFINISHED_DAYS * DAY))
    return left.length
  })
}

async function referredTo(db: Queries, ids: readonly string[]): Promise<Set<string>> {
  const kept = new Set<string>()
  for (let from = 0; from < ids.length; from += 1000) {
    const some = ids.slice(from, from + 1000)
    for (const table of [files, handovers]) {
      const rows = await db.select({ stored: table.stored }).from(table).where(inArray(table.stored, some))
      for (const { stored } of rows) kept.add(stored)
    }
  }
  return kept
}

/** Sweeps now and every day; a sweep that fails is made up for by the next one. Returns how to stop. */
export function keepSwept(context: Pick<Context, 'db' | 'files'>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const work = () => (running = sweep(context, Date.now()).catch(() => undefined))
  const timer = setInterval(() => void work(), DAY)
  timer.unref()
  void work()
  return async () => {
    clearInterval(timer)
    await running
  }
}
