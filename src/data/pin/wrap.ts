/** From a PIN to the key that the data key is wrapped with: Argon2id (RFC 9106), slow and large on purpose. */
import type { PinRow } from '../database'
import type { Bytes } from '../rescue/format'
import { dataKey, openBytes, sealBytes } from './sealed'

/**
 * OWASP's second choice for Argon2id (2023) and one pass more: 46 MiB, 2 passes. 0.2 s on the machine that this was
 * written on, about a second on a cheap phone; a PIN of six digits then costs whoever copies the storage hours to days.
 */
export const COST = { memory: 47_104, passes: 2 }

type Wrapped = Pick<PinRow, 'salt' | 'memory' | 'passes' | 'wrapped'>

export async function wrap(raw: Bytes, pin: string): Promise<Wrapped> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  return { ...COST, salt, wrapped: await sealBytes(await keyFrom(pin, { ...COST, salt }), raw) }
}

/** The data key; null where the PIN is another one. */
export async function unwrap(row: Wrapped, pin: string): Promise<Bytes | null> {
  const key = await keyFrom(pin, row)
  return openBytes(key, row.wrapped).catch(() => null)
}

async function keyFrom(pin: string, { salt, memory, passes }: Omit<Wrapped, 'wrapped'>): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm')
  const password = pin.normalize('NFKC').trim()
  const cost = { memorySize: memory, iterations: passes, parallelism: 1, hashLength: 32, outputType: 'binary' } as const
  // A copy: as it comes out of the tables it isn't always a Uint8Array of this realm.
  const bytes = await argon2id({ password, salt: new Uint8Array(salt), ...cost })
  return dataKey(new Uint8Array(bytes))
}
