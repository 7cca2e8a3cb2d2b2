/** What the server keeps for itself: digests under a key, and small secrets that rest sealed. */
import { createHmac } from 'node:crypto'
import { openBytes, sealBytes } from './cipher'
import type { MasterKeys } from './master'

export type Digester = (text: string) => string

/** HMAC-SHA-256 under a key that is derived for this purpose, base64url. */
export function digester({ current }: MasterKeys, purpose: string): Digester {
  const key = current.derive(purpose)
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
}

export interface ServerSeal {
  /** @param about what it belongs to; it opens for nothing else */
  seal(plain: Buffer, about: string): Buffer
  /** Null where it was changed, belongs to something else, or its master key isn't here. */
  open(sealed: Buffer, about: string): Buffer | null
  /** Whether the current master key opens it; else it has to be sealed anew while the earlier one is here. */
  isCurrent(sealed: Buffer, about: string): boolean
}

/** Seals under a key that is derived for this purpose. */
export function serverSeal({ current, earlier }: MasterKeys, purpose: string): ServerSeal {
  const key = current.derive(purpose)
  const opened = (under: Buffer, sealed: Buffer, about: string) => {
    try {
      return openBytes(under, sealed, about)
    } catch {
      return null
    }
  }
  return {
    seal: (plain, about) => sealBytes(key, plain, about),
    open: (sealed, about) =>
      opened(key, sealed, about) ??
      earlier.reduce<Buffer | null>((found, one) => found ?? opened(one.derive(purpose), sealed, about), null),
    isCurrent: (sealed, about) => opened(key, sealed, about) !== null,
  }
}
