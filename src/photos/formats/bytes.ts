/** What a file's header says about its picture. */
export interface Outline {
  width?: number
  height?: number
  /** The file reaches its own declared end; a download that broke off doesn't. */
  complete: boolean
  /** Bytes that no encoder writes stand inside the picture: it will show, perhaps with a shifted strip. */
  damaged?: boolean
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** `text` in Latin-1 from `offset`, shorter where the bytes end. */
export function latin1(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}

/** Where `text` (Latin-1) starts at or after `from` and before `to`, or -1. */
export function find(bytes: Uint8Array, text: string, from = 0, to = bytes.length): number {
  const first = text.charCodeAt(0)
  for (let at = bytes.indexOf(first, from); at !== -1 && at < to; at = bytes.indexOf(first, at + 1))
    if (latin1(bytes, at, text.length) === text) return at
  return -1
}
