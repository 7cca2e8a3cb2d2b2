import { createHmac, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { secrets } from '../db/schema'

/** A secret that all instances share, made at the first call. */
export async function secretOf(db: Queries, name: string): Promise<string> {
  await db
    .insert(secrets)
    .values({ name, value: randomBytes(32).toString('hex') })
    .onConflictDoNothing()
  const [row] = await db.select().from(secrets).where(eq(secrets.name, name))
  if (!row) throw new Error(`No secret ${name}`)
  return row.value
}

export const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64url')
