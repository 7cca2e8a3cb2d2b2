/**
 * Moves a draft from one browser to another by a one-time code: docs/decisions/0009-handover-code.md. The draft travels as
 * a rescue package; what finds it and what opens it are both made from the code, here, and the server sees only the first.
 */
import { digestOfBytes } from './digest'
import { Refused } from './failure'
import { ROUNDS } from './rescue/format'
import { packDraft, type Packed } from './rescue/pack'
import { openPackage, type OpenedPackage } from './rescue/unpack'

/** 32 signs without look-alikes of 0 and 1: 5 bits each. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 12
const SALT = new TextEncoder().encode('jiangshen handover 1')
/** What the server takes, in bytes. */
const MOST_BYTES = 210 * 1024 * 1024

/** How packages travel. Every call throws `Unreachable` or `Refused`. */
export interface Courier {
  /** Resolves with the instant (ISO) until which it can be fetched. */
  give(id: string, file: Blob, onProgress: (sent: number) => void, signal?: AbortSignal): Promise<{ expiresAt: string }>
  state(id: string): Promise<{ state: 'coming' | 'waiting' | 'taken'; bytes: number; expiresAt: string }>
  /** Adds to `parts` what is missing of it. */
  take(id: string, parts: Blob[], onProgress: (got: number) => void, signal?: AbortSignal): Promise<void>
  /** It is in, or it isn't wanted any more. */
  done(id: string): Promise<void>
}

export class TooLargeToMove extends Error {
  override readonly name = 'TooLargeToMove'
  constructor() {
    super('这份草稿的照片超过 210 MB，不能用转移码。请改用救援包。')
  }
}

/** A fresh code of 60 bits, e.g. `K7M3-P2QW-XR9T`. */
export function newCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH))
  return shownCode(Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length]).join(''))
}

/** What was typed, pasted or scanned, as a code; null where it can't be one. Takes small letters, spaces, a whole link. */
export function readCode(typed: string): string | null {
  const text = typed.normalize('NFKC').replace(/^.*#/s, '').toUpperCase().replaceAll(/[^0-9A-Z]/g, '').replaceAll(/[1I]/g, 'L')
  return text.length === LENGTH && [...text].every((sign) => SIGNS.includes(sign)) ? shownCode(text) : null
}

const shownCode = (text: string) => text.match(/.{4}/g)?.join('-') ?? text

/** The link for a QR code: what follows # never reaches the server. */
export const handoverLink = (code: string) => `${location.origin}/move#${code}`

/** The two halves of a code: the server's id, and the package's password. Slow on purpose. */
export async function halvesOf(code: string): Promise<{ id: string; password: string }> {
  const { subtle } = crypto
  const key = await subtle.importKey('raw', new TextEncoder().encode(code.replaceAll('-', '')), 'PBKDF2', false, ['deriveBits'])
  const bits = await subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: SALT, iterations: ROUNDS }, key, 512)
  const hex = Array.from(new Uint8Array(bits.slice(32)), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { id: await digestOfBytes(bits.slice(0, 32)), password: hex }
}

export interface Prepared extends Packed {
  code: string
  id: string
}

/** Packs a draft under a new code. Nothing has left this phone yet. Throws `TooLargeToMove`, and what packing throws. */
export async function prepareHandover(draft: string, onProgress?: (share: number) => void): Promise<Prepared> {
  const code = newCode()
  const { id, password } = await halvesOf(code)
  const packed = await packDraft(draft, password, onProgress ? { onProgress } : {})
  if (packed.file.size > MOST_BYTES) throw new TooLargeToMove()
  return { ...packed, code, id }
}

/** Sends it; called again after a failure, it sends the same again. Resolves with the instant until which it can be fetched. */
export async function giveHandover(
  { id, file }: Prepared,
  courier: Courier,
  onProgress: (sent: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  try {
    return (await courier.give(id, file, onProgress, signal)).expiresAt
  } catch (reason) {
    // The first try had come through, only its answer was lost.
    if (!(reason instanceof Refused) || reason.code !== 'exists') throw reason
    return (await courier.state(id)).expiresAt
  }
}

export interface Received {
  opened: OpenedPackage
  /** To be called once the import is on disk: nobody can fetch it afterwards. */
  done(): Promise<void>
}

/** Fetches what stands under a code. An instance goes on where its last try broke off. */
export class Receiver {
  private readonly parts: Blob[] = []
  private readonly halves: ReturnType<typeof halvesOf>
  constructor(
    code: string,
    private readonly courier: Courier,
  ) {
    this.halves = halvesOf(code)
  }

  /** @param onProgress bytes that are here, bytes in all. Throws `Unreachable`, `Refused`, `RescueFault` */
  async receive(onProgress: (got: number, of: number) => void, signal?: AbortSignal): Promise<Received> {
    const { id, password } = await this.halves
    const { bytes } = await this.courier.state(id)
    await this.courier.take(id, this.parts, (got) => onProgress(got, bytes), signal)
    const opened = await openPackage(new Blob(this.parts), password)
    return { opened, done: () => this.courier.done(id) }
  }
}
