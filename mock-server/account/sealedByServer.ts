/** Small secrets that rest on the server: AES-256-GCM, bound to what they are about. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Context } from '../context'
import { secretOf } from './secret'

export interface ServerSeal {
  /** @param about what it belongs to; it opens for nothing else */
  seal(plain: Buffer, about: string): Buffer
  /** Throws where it was changed, or belongs to something else. */
  open(sealed: Buffer, about: string): Buffer
}

const [IV, TAG] = [12, 16]

/** Under a secret of its own that all instances share. */
export async function sealedByServer({ db }: Pick<Context, 'db'>): Promise<ServerSeal> {
  const key = Buffer.from(await secretOf(db, 'phone-keys'), 'hex')
  return {
    seal(plain, about) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, about) {
      const opening = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(Buffer.from(about))
      opening.setAuthTag(sealed.subarray(-TAG))
      return Buffer.concat([opening.update(sealed.subarray(IV, -TAG)), opening.final()])
    },
  }
}
