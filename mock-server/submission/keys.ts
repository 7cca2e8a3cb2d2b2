/** The keys under receipts: Ed25519, in the database, shared by all instances, never removed. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey } from 'node:crypto'
import { desc, eq, sql } from 'drizzle-orm'
import { signedText, type Receipt } from '../../src/domain/submission'
import type { Database, Queries } from '../db/connect'
import { signingKeys } from '../db/schema'

const KEY_LOCK = 5_902_023

/** Makes the first key; instances that start together make one. @param now ms */
export async function ensureKey(db: Database, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${KEY_LOCK})`)
    const [some] = await tx.select().from(signingKeys).limit(1)
    if (some) return
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const spki = publicKey.export({ type: 'spki', format: 'der' })
    await tx.insert(signingKeys).values({
      id: createHash('sha256').update(spki).digest('hex').slice(0, 16),
      publicKey: spki.toString('base64url'),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64url'),
      createdAt: new Date(now),
    })
  })
}

/** Signs with the newest key. */
export async function signReceipt(db: Queries, unsigned: Omit<Receipt, 'keyId' | 'signature'>): Promise<Receipt> {
  const [key] = await db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1)
  if (!key) throw new Error('No signing key')
  const receipt = { ...unsigned, keyId: key.id, signature: '' }
  const privateKey = createPrivateKey({ key: Buffer.from(key.privateKey, 'base64url'), format: 'der', type: 'pkcs8' })
  return { ...receipt, signature: sign(null, Buffer.from(signedText(receipt)), privateKey).toString('base64url') }
}

/** Whether one of our keys, also an old one, signed exactly this. */
export async function isSigned(db: Queries, receipt: Receipt): Promise<boolean> {
  const [key] = await db.select().from(signingKeys).where(eq(signingKeys.id, receipt.keyId))
  if (!key) return false
  return verify(null, Buffer.from(signedText(receipt)), publicKeyOf(key.publicKey), Buffer.from(receipt.signature, 'base64url'))
}

/** A JSON Web Key Set (RFC 7517, 8037), newest first. */
export async function publicKeys(db: Queries): Promise<{ keys: JsonWebKey[] }> {
  const rows = await db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt))
  const keys = rows.map(({ id, publicKey }) => ({
    ...publicKeyOf(publicKey).export({ format: 'jwk' }),
    kid: id,
    use: 'sig',
    alg: 'EdDSA',
  }))
  return { keys }
}

const publicKeyOf = (text: string) => createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' })
