/** The files of a package, before its registers: what is killed in between left nothing that anybody sees. */
import { digestOfBytes } from '../digest'
import { isQuotaError } from '../failure'
import { NotKept } from '../storageFailure'
import type { Phone } from '../phone'
import { freeSpace } from '../storage'
import { NoRoomForDraft } from './fault'
import type { OpenedPackage } from './unpack'

/** Files that were put here by this import; taken away again where it fails. */
export interface KeptFiles {
  undo(): Promise<void>
}

/**
 * Stores each file that isn't here, and reads it back. Throws `NoRoomForDraft`, `NotKept`, and what the package throws;
 * then nothing stays.
 */
export async function keepFiles(opened: OpenedPackage, home: Phone, onProgress: (share: number) => void): Promise<KeptFiles> {
  const { db, codec } = home
  const kept: string[] = []
  const undo = async () => {
    // Another draft may have come to need the same picture meanwhile.
    for (const sha256 of kept) if ((await db.uploads.where('sha256').equals(sha256).count()) === 0) await db.files.delete(sha256)
  }
  const needed = await missingBytes(opened, home)
  const free = await freeSpace()
  if (free !== null && free < needed) throw new NoRoomForDraft(needed)
  try {
    let done = 0
    for await (const { file, bytes } of opened.files()) {
      const isHere = async () => {
        const row = await db.files.get(file.sha256)
        return row !== undefined && (await digestOfBytes((await codec.open(row.payload)).buf)) === file.sha256
      }
      if (!(await isHere())) {
        kept.push(file.sha256)
        await db.files.put({ ...file, payload: await codec.seal({ buf: bytes.buffer }) })
        if (!(await isHere())) throw new NotKept()
      }
      onProgress(++done / opened.content.files.length)
    }
    return { undo }
  } catch (reason) {
    await undo().catch(() => undefined)
    throw isQuotaError(reason) ? new NoRoomForDraft(needed, reason) : reason
  }
}

async function missingBytes({ content: { files } }: OpenedPackage, { db }: Phone): Promise<number> {
  const here = await db.files.where('sha256').anyOf(files.map(({ sha256 }) => sha256)).primaryKeys()
  const known = new Set(here)
  return files.filter(({ sha256 }) => !known.has(sha256)).reduce((sum, { bytes }) => sum + bytes, 0)
}
