/** Uploads in pieces, with a note of what was acknowledged of each. */
import { createHash } from 'node:crypto'
import type { Random } from '../random'
import { request, type Line } from './http'
import { answered } from './phone'

export interface Sending {
  draft: string
  sha256: string
  type: string
  bytes: Buffer
  /** Known once the server has acknowledged the beginning. */
  url: string | null
  /** Bytes that the server has acknowledged. */
  offset: number
  confirmed: boolean
  /** The next step asks where to go on: the last one wasn't answered. */
  unsure: boolean
  /** Bytes that were sent, all tries together. */
  sent: number
}

export function sending(draft: string, bytes: Buffer, type = 'image/jpeg'): Sending {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { draft, sha256, type, bytes, url: null, offset: 0, confirmed: false, unsure: false, sent: 0 }
}

const tus = { 'tus-resumable': '1.0.0' }

/** One request of an upload. Resolves with whether it went well; `complain` is told of what must never be. */
export async function step(line: Line, file: Sending, random: Random, complain: (what: string) => void): Promise<boolean> {
  if (!file.url) return begin(line, file)
  if (file.unsure) return resume(line, file, complain)
  const piece = file.bytes.subarray(file.offset, file.offset + random.between(4000, 24_000))
  file.unsure = true
  file.sent += piece.length
  const headers = { ...tus, 'upload-offset': String(file.offset), 'content-type': 'application/offset+octet-stream' }
  const reply = await answered(request(line, 'PATCH', file.url, new Uint8Array(piece), headers))
  if (reply?.status !== 204) return false
  file.unsure = false
  file.offset = Number(reply.headers.get('upload-offset'))
  file.confirmed = file.offset === file.bytes.length
  return true
}

async function begin(line: Line, file: Sending): Promise<boolean> {
  const { draft, sha256, type, bytes } = file
  const metadata = Object.entries({ draft, sha256, type })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  const headers = { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata }
  const reply = await answered(request(line, 'POST', '/api/files', undefined, headers))
  if (reply?.status !== 201) return false
  file.url = reply.headers.get('location')
  return true
}

async function resume(line: Line, file: Sending, complain: (what: string) => void): Promise<boolean> {
  const reply = await answered(request(line, 'HEAD', file.url ?? '', undefined, tus))
  if (!reply || reply.status === 503) return false
  const offset = Number(reply.headers.get('upload-offset') ?? -1)
  if (reply.status !== 200 || offset < file.offset || offset > file.bytes.length)
    complain(`${file.url}: ${reply.status}, offset ${offset} of ${file.bytes.length}, acknowledged ${file.offset}`)
  Object.assign(file, { offset: Math.max(offset, 0), unsure: false, confirmed: offset === file.bytes.length })
  if (reply.status === 404 || reply.status === 410) Object.assign(file, { url: null, offset: 0 })
  return true
}
