/** Keys that all instances share, and sealing under them. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { secrets } from '../db/schema'

export interface KeySource {
  db: Queries
  /** From the environment (secrets.ts): a copy of the database is then no copy of the keys. */
  masterSecrets?: readonly Buffer[] | undefined
}

/** The secret of this name: derived from the master key, or, in a demonstration without one, made at the first call. */
export async function secretOf({ db, masterSecrets = [] }: KeySource, name: string): Promise<string> {
  if (masterSecrets[0]) return derived(masterSecrets[0], name)
  await db
    .insert(secrets)
    .values({ name, value: randomBytes(32).toString('hex') })
    .onConflictDoNothing()
  const [row] = await db.select().from(secrets).where(eq(secrets.name, name))
  if (!row) throw new Error(`No secret ${name}`)
  return row.value
}

/** What master keys before this one made of the name. */
export const earlierSecrets = ({ masterSecrets = [] }: KeySource, name: string) =>
  masterSecrets.slice(1).map((master) => derived(master, name))

const derived = (master: Buffer, name: string) =>
  Buffer.from(hkdfSync('sha256', master, '', `jiangshen ${name}`, 32)).toString('hex')

export const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64url')

const CIPHER = 'aes-256-gcm'
const NONCE = 12
const TAG = 16

/** AES-256-GCM; opens only for the same owner. @param secret of `secretOf` */
export function sealFor(secret: string, owner: string, text: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(CIPHER, Buffer.from(secret, 'hex'), nonce).setAAD(Buffer.from(owner))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
}

/** @param keys of which one may fit; null where none does, it was changed, or is another owner's */
export function openFor(keys: readonly string[], owner: string, sealed: string): string | null {
  for (const key of keys) {
    try {
      return opened(key, owner, sealed)
    } catch {
      // Another key's.
    }
  }
  return null
}

function opened(secret: string, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv(CIPHER, Buffer.from(secret, 'hex'), bytes.subarray(0, NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
}
