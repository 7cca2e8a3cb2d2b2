import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { FileFacts } from '../../src/domain/forms/kinds'
import type { Random } from '../sync/random'
import type { Phone } from './phone'

export interface Picture {
  sha256: string
  buf: ArrayBuffer
}

/** Of noise at quality 85. */
const BYTES_PER_PIXEL = 0.72

/** A JPEG of about so many bytes that no other is like. */
export async function pictureOf(bytes: number, random: Random): Promise<Picture> {
  const side = Math.max(16, Math.round(Math.sqrt(bytes / BYTES_PER_PIXEL)))
  const raw = Buffer.alloc(side * side * 3)
  for (let at = 0; at + 4 <= raw.length; at += 4) raw.writeUInt32LE(Math.floor(random.next() * 2 ** 32), at)
  const jpeg = await sharp(raw, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 85 }).toBuffer()
  return { sha256: createHash('sha256').update(jpeg).digest('hex'), buf: new Uint8Array(jpeg).buffer }
}

/** Puts it into a slot of the draft, as the photo worker's result would be. */
export async function keep({ phone, write }: Phone, draft: string, { sha256, buf }: Picture): Promise<void> {
  const facts: FileFacts = { sha256, type: 'image/jpeg', bytes: buf.byteLength, width: 4, height: 3 }
  await phone().db.files.put({ sha256, type: 'image/jpeg', bytes: buf.byteLength, payload: { buf } })
  const row = `licence/${sha256.slice(0, 12)}`
  await write(draft, [
    { path: row, value: { order: 'a0' } },
    { path: `${row}/file`, value: { ...facts } },
  ])
}
