/** What a phone's drafts are sealed with, kept for the account that set the PIN. */
import { and, count, eq } from 'drizzle-orm'
import type { Context } from '../context'
import { phoneKeys } from '../db/schema'
import { notFound, Refusal } from '../http/refusal'
import type { MasterKeys } from '../seal/master'
import { serverSeal } from '../seal/secret'

/** Phones and browsers of one person, those that were lost or cleared too. */
const MOST = 100

export const phoneKeySeal = (keys: MasterKeys) => serverSeal(keys, 'phone keys')
export const aboutKey = (id: string, account: string) => `phone key ${id} of ${account}`

/** Keeps a key; the same one again changes nothing. @throws Refusal 404 somebody else's name, 409 another key under it */
export async function keepPhoneKey(context: Context, account: string, id: string, key: Buffer): Promise<void> {
  const seal = phoneKeySeal(context.keys)
  await context.db.transaction(async (tx) => {
    const [kept] = await tx.select({ kept: count() }).from(phoneKeys).where(eq(phoneKeys.account, account))
    if ((kept?.kept ?? 0) >= MOST) throw new Refusal(409, 'too-many', '这个账号设过应用锁的手机太多了。')
    await tx
      .insert(phoneKeys)
      .values({ id, account, sealed: seal.seal(key, aboutKey(id, account)), createdAt: new Date(context.time.clock()) })
      .onConflictDoNothing()
    const [row] = await tx.select().from(phoneKeys).where(eq(phoneKeys.id, id))
    if (row?.account !== account) throw notFound()
    // A draft that was sealed under the first one would be lost with it.
    if (!seal.open(row.sealed, aboutKey(id, account))?.equals(key)) throw new Refusal(409, 'exists', '这把钥匙已经存过了。')
  })
}

/** @throws Refusal 404 */
export async function phoneKeyOf(context: Context, account: string, id: string): Promise<Buffer> {
  const [row] = await context.db.select().from(phoneKeys).where(and(eq(phoneKeys.id, id), eq(phoneKeys.account, account)))
  if (!row) throw notFound()
  const key = phoneKeySeal(context.keys).open(row.sealed, aboutKey(id, account))
  if (!key) throw notFound()
  return key
}

export async function dropPhoneKey({ db }: Context, account: string, id: string): Promise<void> {
  await db.delete(phoneKeys).where(and(eq(phoneKeys.id, id), eq(phoneKeys.account, account)))
}
