/**
 * The one way between tables and code. Plain columns are ids, sequence numbers, versions, states and sizes; everything
 * else of a row is one payload. The codec is the identity until a PIN is set (door.ts); because sealing is asynchronous, it
 * is always done *before* a transaction opens (awaiting WebCrypto inside would end it), and opening after it has closed.
 */
export type Sealed<T> = T & { readonly __sealed?: never }

export interface Codec {
  seal<T extends object>(value: T): Promise<Sealed<T>>
  open<T extends object>(payload: Sealed<T>): Promise<T>
}

export const plainCodec: Codec = {
  seal: async <T extends object>(value: T) => value as Sealed<T>,
  open: async <T extends object>(payload: Sealed<T>) => payload as T,
}

/** How a sealed payload stands in its row. `iv` is a view, not a buffer: rows are compared as JSON here and there. */
export interface SealedBytes {
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}

/** Each payload tells by itself whether it is sealed: nothing that is plain has an `iv`. */
export const isSealed = (payload: object): payload is SealedBytes => 'iv' in payload && ArrayBuffer.isView(payload.iv)
