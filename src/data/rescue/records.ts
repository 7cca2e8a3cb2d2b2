/** A stream of plain bytes as sealed records, and back; one record at a time is in memory. */
import { keysFrom, openRecord, sealRecord } from './crypto'
import { RescueFault } from './fault'
import { HEADER_BYTES, readHeader, RECORD_BYTES, ROUNDS, TAG_BYTES, writeHeader, type Bytes } from './format'

const SEALED_BYTES = RECORD_BYTES + TAG_BYTES

/** Seals whatever comes. Each record becomes a Blob at once, which the browser may keep on disk. */
export async function sealAll(plain: AsyncIterable<Bytes>, password: string): Promise<Blob> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const { key, proof } = await keysFrom(password, salt, ROUNDS)
  const header = await writeHeader({ rounds: ROUNDS, salt, proof })
  const parts: Blob[] = [new Blob([header])]
  let waiting: Bytes | null = null
  for await (const record of inRecords(plain)) {
    // The last record says that it is: one is held back until another one follows.
    if (waiting) parts.push(new Blob([await sealRecord(key, { header, number: parts.length - 1, last: false }, waiting)]))
    waiting = record
  }
  parts.push(new Blob([await sealRecord(key, { header, number: parts.length - 1, last: true }, waiting ?? new Uint8Array())]))
  return new Blob(parts)
}

async function* inRecords(plain: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let record = new Uint8Array(RECORD_BYTES)
  let filled = 0
  for await (const bytes of plain) {
    for (let at = 0; at < bytes.length; ) {
      const taken = Math.min(RECORD_BYTES - filled, bytes.length - at)
      record.set(bytes.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled < RECORD_BYTES) continue
      yield record
      record = new Uint8Array(RECORD_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield record.slice(0, filled)
}

/** Takes plain bytes off a package, from its beginning. */
export interface RecordReader {
  /** The next bytes, exactly so many. @throws RescueFault damaged, when fewer are left */
  take(bytes: number): Promise<Bytes>
  /** Plain bytes that have not been taken. */
  left(): number
}

/**
 * Checks the password, once; each call of what it resolves with reads the package from its beginning.
 * @throws RescueFault not-a-package, damaged, newer, wrong-password
 */
export async function unlock(file: Blob, password: string): Promise<() => RecordReader> {
  const header = await bytesOf(file.slice(0, HEADER_BYTES))
  const { rounds, salt, proof } = await readHeader(header)
  const sealed = file.size - HEADER_BYTES
  const records = Math.ceil(sealed / SEALED_BYTES)
  if (sealed < TAG_BYTES || sealed - (records - 1) * SEALED_BYTES < TAG_BYTES) throw new RescueFault('damaged')
  const keys = await keysFrom(password, salt, rounds)
  if (!keys.proof.every((byte, i) => byte === proof[i])) throw new RescueFault('wrong-password')
  const openNumber = async (number: number) => {
    const from = HEADER_BYTES + number * SEALED_BYTES
    const record = await bytesOf(file.slice(from, from + SEALED_BYTES))
    return openRecord(keys.key, { header, number, last: number + 1 === records }, record)
  }
  // The last record knows that it is the last: what was cut off or added is found before anything is believed.
  await openNumber(records - 1)
  return () => reading(openNumber, sealed - records * TAG_BYTES)
}

function reading(openNumber: (number: number) => Promise<Bytes>, plain: number): RecordReader {
  let number = 0
  let left = plain
  let open: Bytes = new Uint8Array()
  return {
    left: () => left,
    async take(wanted) {
      // What is promised and isn't there takes no memory.
      if (wanted > left) throw new RescueFault('damaged')
      const taken = new Uint8Array(wanted)
      for (let filled = 0; filled < wanted; ) {
        if (open.length === 0) open = await openNumber(number++)
        const part = open.subarray(0, wanted - filled)
        taken.set(part, filled)
        filled += part.length
        open = open.subarray(part.length)
      }
      left -= wanted
      return taken
    },
  }
}

const bytesOf = async (blob: Blob): Promise<Bytes> => new Uint8Array(await blob.arrayBuffer())
