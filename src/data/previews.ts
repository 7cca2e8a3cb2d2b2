/** Small pictures ahead of their photos, so that other phones and reviewers see something early. They prove nothing. */
import type { UploadRow } from './database'
import { Refused } from './failure'
import { isForAll } from './fileVerdict'
import type { Phone } from './phone'
import type { Wire } from './wire'

/** Bytes that the server takes. */
const MOST = 60 * 1024

/** Those that the server refused, or at which the line broke: a preview never blocks a file, nor is it tried for ever. */
const givenUp = new Set<string>()

/** Sends those that have not been sent. Throws only what concerns everything: no network, no session, a busy server. */
export async function sendPreviews(wire: Wire, { db, codec }: Phone, uploads: readonly UploadRow[]): Promise<void> {
  for (const { draft, sha256, bytes, previewed } of uploads) {
    const key = `${draft}/${sha256}`
    if (previewed || givenUp.has(key)) continue
    const row = await db.thumbnails.get(sha256)
    if (!row || row.bytes > MOST || row.bytes >= bytes) continue
    try {
      await wire.sendPreview(draft, sha256, (await codec.open(row.payload)).buf)
      await db.uploads.update([draft, sha256], { previewed: 1 })
    } catch (reason) {
      if (isForAll(reason)) throw reason
      givenUp.add(key)
      if (!(reason instanceof Refused)) throw reason
    }
  }
}

/** The small picture of a photo of another phone; null where the server has none. Throws `Unreachable`. */
export async function fetchPreview(wire: Wire, draft: string, sha256: string): Promise<ArrayBuffer | null> {
  try {
    const buf = await wire.preview(draft, sha256)
    const [first, second] = new Uint8Array(buf)
    return buf.byteLength <= MOST && first === 0xff && second === 0xd8 ? buf : null
  } catch (reason) {
    if (reason instanceof Refused) return null
    throw reason
  }
}
