/**
 * The outside of a rescue package, see docs/rescue-package.md. Everything before the records stands in clear:
 *
 *   0  magic `JSRESCUE`   8  version, one byte   9  rounds of PBKDF2, u32   13  salt, 16 bytes
 *   29  proof of the password, 16 bytes   45  first 8 bytes of the SHA-256 of all before: damage is no wrong password
 *
 * The sum stays where it is in every later version, so that a newer package is told from a damaged one.
 */
import { RescueFault } from './fault'

export const FORMAT_VERSION = 1
export const HEADER_BYTES = 53
/** Plain bytes of a record; only the last one is shorter. */
export const RECORD_BYTES = 1024 * 1024
export const TAG_BYTES = 16
/** OWASP's figure for PBKDF2-HMAC-SHA-256 (2023). */
export const ROUNDS = 600_000
/** A hostile header could otherwise keep a phone busy for hours. */
const MAX_ROUNDS = 10_000_000
const MAGIC = new TextEncoder().encode('JSRESCUE')
const [VERSION_AT, ROUNDS_AT, SALT_AT, PROOF_AT, SUM_AT] = [8, 9, 13, 29, 45]

export type Bytes = Uint8Array<ArrayBuffer>

export interface Header {
  rounds: number
  salt: Bytes
  proof: Bytes
}

export async function writeHeader({ rounds, salt, proof }: Header): Promise<Bytes> {
  const bytes = new Uint8Array(HEADER_BYTES)
  bytes.set(MAGIC)
  bytes[VERSION_AT] = FORMAT_VERSION
  new DataView(bytes.buffer).setUint32(ROUNDS_AT, rounds)
  bytes.set(salt, SALT_AT)
  bytes.set(proof, PROOF_AT)
  bytes.set(await sumOf(bytes), SUM_AT)
  return bytes
}

/** @throws RescueFault not-a-package, damaged, newer */
export async function readHeader(bytes: Bytes): Promise<Header> {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) throw new RescueFault('not-a-package')
  if (bytes.length < HEADER_BYTES) throw new RescueFault('damaged')
  const sum = await sumOf(bytes)
  if (!sum.every((byte, i) => bytes[SUM_AT + i] === byte)) throw new RescueFault('damaged')
  const version = bytes[VERSION_AT] ?? 0
  if (version > FORMAT_VERSION) throw new RescueFault('newer')
  const rounds = new DataView(bytes.buffer, bytes.byteOffset).getUint32(ROUNDS_AT)
  if (version < 1 || rounds < 1 || rounds > MAX_ROUNDS) throw new RescueFault('damaged')
  return { rounds, salt: bytes.slice(SALT_AT, PROOF_AT), proof: bytes.slice(PROOF_AT, SUM_AT) }
}

async function sumOf(header: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', header.slice(0, SUM_AT))).slice(0, HEADER_BYTES - SUM_AT)
}
