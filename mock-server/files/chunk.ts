import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Locker } from '@tus/server'
import type { Context } from '../context'
import { Refusal } from '../http/refusal'
import type { Intake } from './intake'
import { receive } from './receive'
import type { FileStorage } from './storage'
import { uploadOf } from './uploadOf'

/** What a PATCH says of itself. */
export interface Chunk {
  offset: number
  /** Bytes; null where the sender doesn't say. */
  length: number | null
  /** SHA-256, base64. */
  checksum: string | null
}

/** @throws Refusal 400, 412, 415 as tus 1.0 and its checksum extension have it */
export function chunkOf(headers: IncomingHttpHeaders): Chunk {
  if (headers['tus-resumable'] !== '1.0.0') throw bad(412, 'Tus-Resumable: 1.0.0')
  if (headers['content-type'] !== 'application/offset+octet-stream') throw bad(415, 'Content-Type')
  const offset = headers['upload-offset']
  if (typeof offset !== 'string' || !/^\d{1,12}$/.test(offset)) throw bad(400, 'Upload-Offset')
  const checksum = headers['upload-checksum']
  if (checksum !== undefined && !/^sha256 [A-Za-z0-9+/]{43}=$/.test(String(checksum))) throw bad(400, 'Upload-Checksum')
  const length = headers['content-length']
  return {
    offset: Number(offset),
    length: length === undefined ? null : Number(length),
    checksum: checksum === undefined ? null : String(checksum).slice('sha256 '.length),
  }
}

/**
 * Writes a chunk; resolves with the next offset. What came in before the line broke stays. A whole chunk that differs
 * from its checksum is taken back; a part of one can't be checked, and the digest of the whole file guards it.
 * @throws Refusal 404, 410, 409 another offset, 413, 423 somebody else goes on with it, 460, and what `receive` finds
 */
export async function takeChunk(context: Context, locker: Locker, id: string, chunk: Chunk, intake: Intake): Promise<number> {
  const lock = locker.newLock(id)
  const never = new AbortController().signal
  await lock.lock(never, () => intake.stop('released')).catch(() => Promise.reject(taken()))
  try {
    const upload = await uploadOf(context.files, id)
    const { size = 0 } = upload
    if (upload.offset !== chunk.offset) throw bad(409, 'Upload-Offset')
    if (chunk.offset + (chunk.length ?? 0) > size) throw bad(413, 'Upload-Length')
    upload.offset = await append(context.files, id, chunk, size, intake)
    if (upload.offset === size) await receive(context, upload)
    else if (intake.ended === 'released') throw taken()
    return upload.offset
  } finally {
    await lock.unlock()
  }
}

async function append(files: FileStorage, id: string, chunk: Chunk, size: number, intake: Intake): Promise<number> {
  const { cut } = files
  const hash = createHash('sha256')
  const differs = () => intake.ended === 'whole' && chunk.checksum !== null && hash.digest('base64') !== chunk.checksum
  let room = size - chunk.offset
  const checked = async function* () {
    const held: Buffer[] = []
    for await (const part of intake) {
      room -= part.length
      if (room < 0) throw bad(413, 'Upload-Length')
      hash.update(part)
      if (cut) yield part
      else held.push(part)
    }
    if (cut) return
    // It can't be taken back later, so it is looked at first.
    if (differs()) throw mismatch()
    yield* held
  }
  const next = await files.append(id, chunk.offset, checked())
  if (!cut || !differs()) return next
  await cut(id, chunk.offset)
  throw mismatch()
}

const bad = (status: number, header: string) => new Refusal(status, 'upload', '上传中断了，会自动接着传。', header)
const mismatch = () => new Refusal(460, 'checksum-differs', '这一段在传输中损坏了，会自动重传。')
const taken = () => new Refusal(423, 'upload', '这个文件正由另一个连接接着传。', undefined, 1)
