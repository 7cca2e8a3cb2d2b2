import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Call } from '../../src/domain/calls/call'
import type { Award } from '../../src/domain/forms/kinds'
import type { Queries } from '../db/connect'

/** Letters and digits that can't be mixed up when read aloud. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * `WX2021-S-7K3M-0042`: the call's year (with D for a demonstration), the award, four random letters against guessing,
 * and a number that counts up.
 */
export async function nextNumber(tx: Queries, call: Call, award: Award): Promise<string> {
  const { rows } = await tx.execute<{ next: string }>(sql`select nextval('receipt_sequence') as next`)
  const letters = [0, 1, 2, 3].map(() => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const year = `${call.closingDay.slice(0, 4)}${call.demonstration ? 'D' : ''}`
  return `WX${year}-${award === 'studio' ? 'S' : 'T'}-${letters}-${String(rows[0]?.next ?? '').padStart(4, '0')}`
}
