import { desc, eq, sql } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { audit as table } from '../db/schema'
import { hashOf, type Entry } from './entry'

/** The chain of acts that belong to no call: accounts and roles. */
export const PORTAL = 'portal'

export type Act = Pick<Entry, 'chain' | 'actor' | 'action' | 'subject' | 'detail'> & {
  /** ms, the server's clock. */
  at: number
}

/** An act about accounts and roles. @param at ms */
export const portalAct = (actor: string, action: Act['action'], subject: string, at: number, detail: Act['detail'] = {}): Act => ({
  chain: PORTAL,
  at,
  actor,
  action,
  subject,
  detail,
})

/** Who acts where nobody is signed in: whoever starts the server. */
export const OPERATOR = 'operator'

/**
 * Writes acts down, in the transaction of the acts themselves: both stand or neither. A chain is locked until that
 * transaction ends, so make it its last step.
 * @throws where a detail holds what could be a number of a person
 */
export async function audit(tx: Queries, ...acts: readonly Act[]): Promise<void> {
  // Always in one order: two transactions that write to the same chains wait, and never for each other.
  const chains = [...new Set(acts.map(({ chain }) => chain))].sort()
  for (const chain of chains) await append(tx, chain, acts.filter((act) => act.chain === chain))
}

async function append(tx: Queries, chain: string, acts: readonly Act[]): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${chain}, 3))`)
  const [last] = await tx.select().from(table).where(eq(table.chain, chain)).orderBy(desc(table.seq)).limit(1)
  let { seq, hash: previous } = last ?? { seq: 0, hash: '' }
  const entries = acts.map(({ at, actor, action, subject, detail }): Entry => {
    assertPlain(detail)
    const entry = { chain, seq: ++seq, at: new Date(at), actor, action, subject, detail, previous }
    const hash = hashOf(entry)
    previous = hash
    return { ...entry, hash }
  })
  await tx.insert(table).values(entries)
}

/** Numbers of persons and accounts have eight digits and more; ids are hexadecimal and broken by hyphens, dates by colons. */
const NUMBER = /(?<![0-9a-f-])\d{8,}[Xx]?(?![0-9a-f-])/g

/** A reason that a person typed, without the numbers in it, however they are broken up. */
export const plainReason = (reason: string): string => reason.trim().slice(0, 200).replace(/\d(?:[\s-]?\d){7,}[Xx]?/g, '***')

function assertPlain(detail: Entry['detail']): void {
  for (const text of Object.values(detail).flat())
    if (typeof text === 'string' && text.search(NUMBER) >= 0) throw new Error('The audit holds references, no numbers of persons')
}
