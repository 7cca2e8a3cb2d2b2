/** The codec of a database with a PIN: AES-256-GCM by WebCrypto, a fresh iv for each payload. */
import { isSealed, type Codec, type SealedBytes } from '../codec'
import type { Bytes } from '../rescue/format'

/** Rows move between tables (an answer that is replaced becomes an earlier value), so it is the same in all of them. */
const ABOUT = new TextEncoder().encode('jiangshen phone 1')
/** The first byte within says what follows: a screen's worth of words is JSON, a photo stays the bytes that it is. */
const [WORDS, PHOTO] = [0, 1]
/** Opened words that are kept, as text: a draft of 500 answers is opened anew after each key stroke that was saved. */
const REMEMBERED = 4000

/** A key that nobody can take out of the page again. @param raw 32 bytes */
export const dataKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Opens what is sealed and passes what isn't yet; `open` throws OperationError where the key isn't the one. */
export function sealedCodec(key: CryptoKey): Codec {
  const opened = new Map<string, string>()
  return {
    async seal(value) {
      const { iv, data } = await sealBytes(key, encoded(value))
      // What stands in a row is known to the tables by its columns only; the payload's type is what opening gives back.
      return { iv, data } as unknown as typeof value
    },
    async open(payload) {
      if (!isSealed(payload)) return payload
      const name = (payload.iv as Uint8Array).join()
      const known = opened.get(name)
      if (known !== undefined) return JSON.parse(known) as typeof payload
      // Dexie's own Promise keeps a live query to itself while WebCrypto is at work.
      const bytes = await Promise.resolve(openBytes(key, payload))
      if (bytes[0] === PHOTO) return { buf: bytes.slice(1).buffer } as unknown as typeof payload
      const text = new TextDecoder().decode(bytes.subarray(1))
      if (opened.size >= REMEMBERED) opened.delete(opened.keys().next().value ?? '')
      opened.set(name, text)
      return JSON.parse(text) as typeof payload
    },
  }
}

/** While a PIN is being taken away: everything can be read, and nothing more is sealed. */
export const openingCodec = (codec: Codec): Codec => ({ seal: async (value) => value, open: codec.open })

export async function sealBytes(key: CryptoKey, plain: Bytes): Promise<SealedBytes> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: ABOUT }, key, plain) }
}

export async function openBytes(key: CryptoKey, { iv, data }: SealedBytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: ABOUT }, key, data))
}

function encoded(value: object): Bytes {
  const [kind, bytes] = isPhoto(value) ? [PHOTO, new Uint8Array(value.buf)] : [WORDS, new TextEncoder().encode(JSON.stringify(value))]
  const all = new Uint8Array(bytes.length + 1)
  all[0] = kind
  all.set(bytes, 1)
  return all
}

/** By its length, not its class: what comes out of another realm's database is no instance of ours. */
const isPhoto = (value: object): value is { buf: ArrayBuffer } =>
  'buf' in value && typeof (value.buf as Partial<ArrayBuffer> | null)?.byteLength === 'number'
