/** Stands in for the image worker in histories: pictures come ready made, only storing and sending them is under test. */
import type { FileFacts } from '../../src/domain/forms/kinds'

interface Ready {
  sha256: string
  type: 'image/jpeg'
  buf: ArrayBuffer
  width: number
  height: number
  takenAt?: string
  thumbnail: { type: 'image/jpeg'; buf: ArrayBuffer }
}

async function ready(buf: ArrayBuffer): Promise<Ready> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', buf))
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { sha256, type: 'image/jpeg', buf, width: 24, height: 16, thumbnail: { type: 'image/jpeg', buf: buf.slice(0) } }
}

export const prepare = async (source: Blob) => ready(await source.arrayBuffer())
export const thumbnail = (buf: ArrayBuffer) => Promise.resolve({ type: 'image/jpeg', buf })
export const factsOf = ({ sha256, type, buf, width, height }: Ready): FileFacts => ({
  sha256,
  type,
  bytes: buf.byteLength,
  width,
  height,
})
