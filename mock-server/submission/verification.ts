import { eq } from 'drizzle-orm'
import type { Receipt, Verification } from '../../src/domain/submission'
import type { Queries } from '../db/connect'
import { submissions } from '../db/schema'
import { isSigned } from './keys'

/** A receipt by its number; not valid when there is none of this number. */
export async function lookUp(db: Queries, number: string): Promise<Verification> {
  const [row] = await db.select().from(submissions).where(eq(submissions.number, number.trim().toUpperCase()))
  if (!row) return { valid: false }
  return { valid: await isSigned(db, row.receipt), standing: row.state, receipt: row.receipt }
}

/** Whether we signed exactly this, and how the submission stands; unknown numbers with our signature are valid too. */
export async function verifyReceipt(db: Queries, receipt: Receipt): Promise<Verification> {
  if (!(await isSigned(db, receipt))) return { valid: false }
  const [row] = await db.select().from(submissions).where(eq(submissions.number, receipt.number))
  return { valid: true, receipt, ...(row ? { standing: row.state } : {}) }
}
