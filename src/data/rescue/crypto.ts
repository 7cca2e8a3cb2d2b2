/** Password to key, and records under it: AES-256-GCM by WebCrypto, nothing of our own. */
import { FORMAT_VERSION, type Bytes } from './format'
import { RescueFault } from './fault'

export interface Keys {
  key: CryptoKey
  /** Stands in the header: tells a wrong password before anything is decrypted, and nothing else about it. */
  proof: Bytes
}

/** @param password as it was typed; full-width and half-width letters of Chinese keyboards count as the same */
export async function keysFrom(password: string, salt: Bytes, rounds: number): Promise<Keys> {
  const { subtle } = crypto
  const typed = await subtle.importKey('raw', encode(password.normalize('NFKC')), 'PBKDF2', false, ['deriveBits'])
  const bits = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, typed, 256)
  const master = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveBits', 'deriveKey'])
  const part = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode(info) })
  const aes = { name: 'AES-GCM', length: 256 }
  return {
    key: await subtle.deriveKey(part('jiangshen rescue key'), master, aes, false, ['encrypt', 'decrypt']),
    proof: new Uint8Array(await subtle.deriveBits(part('jiangshen rescue proof'), master, 128)),
  }
}

/** Where a record stands. Its number is its nonce: a key is one package's own, and never counts twice. */
export interface Place {
  header: Bytes
  number: number
  last: boolean
}

export async function sealRecord(key: CryptoKey, place: Place, plain: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(algorithm(place), key, plain))
}

/** @throws RescueFault damaged: changed, cut off, moved, or from another package */
export async function openRecord(key: CryptoKey, place: Place, sealed: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(place), key, sealed))
  } catch (reason) {
    throw new RescueFault('damaged', reason)
  }
}

function algorithm({ header, number, last }: Place) {
  const iv = new Uint8Array(12)
  new DataView(iv.buffer).setUint32(8, number)
  const additionalData = new Uint8Array(header.length + 6)
  additionalData.set(header)
  new DataView(additionalData.buffer).setUint32(header.length, number)
  additionalData.set([last ? 1 : 0, FORMAT_VERSION], header.length + 4)
  return { name: 'AES-GCM', iv, additionalData }
}

const encode = (text: string) => new TextEncoder().encode(text)
