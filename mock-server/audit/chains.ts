import { asc, desc, eq } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { audit } from '../db/schema'
import { faultsIn, type Fault, type Head } from './chain'

/** Chain → its last entry: kept elsewhere, it proves later that nothing before it was changed. */
export type Heads = Record<string, Head>

const chainsIn = async (db: Queries) => (await db.select({ chain: audit.chain }).from(audit).groupBy(audit.chain)).map(({ chain }) => chain)

export async function headsOf(db: Queries): Promise<Heads> {
  const heads: Heads = {}
  for (const chain of (await chainsIn(db)).sort()) {
    const [last] = await db.select().from(audit).where(eq(audit.chain, chain)).orderBy(desc(audit.seq)).limit(1)
    if (last) heads[chain] = { seq: last.seq, hash: last.hash }
  }
  return heads
}

/** Everything that is wrong with the audit. @param heads of an earlier day */
export async function verifyAudit(db: Queries, heads: Heads = {}): Promise<{ entries: number; faults: Fault[] }> {
  let entries = 0
  const faults: Fault[] = []
  for (const chain of new Set([...(await chainsIn(db)), ...Object.keys(heads)])) {
    const rows = await db.select().from(audit).where(eq(audit.chain, chain)).orderBy(asc(audit.seq))
    entries += rows.length
    faults.push(...faultsIn(chain, rows, heads[chain]))
  }
  return { entries, faults }
}
