/** AES-256-GCM (ASVS 11.3.2): what was changed, or was moved to another place, doesn't open. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const IV = 12
const TAG = 16

/** `iv | ciphertext | tag`. @param about where it stands; not secret, but it opens only there */
export function sealBytes(key: Buffer, plain: Buffer, about: string): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws where the key, the place or a single bit is another one */
export function openBytes(key: Buffer, sealed: Buffer, about: string): Buffer {
  if (sealed.length < IV + TAG) throw new Error('Too short to be sealed')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-TAG))
  return Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()])
}
