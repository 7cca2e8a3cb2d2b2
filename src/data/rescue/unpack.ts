/** Opens a rescue package: first what it holds, to be shown and asked about; then, one by one, its files. */
import { digestOfBytes } from '../digest'
import { checked } from './check'
import type { PackageContent, PackedFile } from './content'
import { RescueFault } from './fault'
import type { Bytes } from './format'
import { unlock, type RecordReader } from './records'

export interface OpenedPackage {
  content: PackageContent
  /** Bytes of the file. */
  size: number
  /** Its files in order, each with the digest that it says. @throws RescueFault damaged, foreign */
  files(): AsyncGenerator<{ file: PackedFile; bytes: Bytes }>
}

/** The text of a draft with all its history; the largest real ones are some hundred KB. */
const MOST_TEXT = 48 * 1024 * 1024
/** As the server takes them, with some room. */
const MOST_FILE = 32 * 1024 * 1024

/** @throws RescueFault not-a-package, damaged, newer, wrong-password, foreign */
export async function openPackage(file: Blob, password: string): Promise<OpenedPackage> {
  const read = await unlock(file, password)
  const { content } = await contentIn(read())
  return {
    content,
    size: file.size,
    // From the beginning each time, so that an import that ran out of room can be tried again.
    async *files() {
      const { reader } = await contentIn(read())
      for (const file of content.files) {
        const bytes = await reader.take(file.bytes)
        if ((await digestOfBytes(bytes)) !== file.sha256) throw new RescueFault('foreign')
        yield { file, bytes }
      }
    },
  }
}

async function contentIn(reader: RecordReader): Promise<{ content: PackageContent; reader: RecordReader }> {
  const length = new DataView((await reader.take(4)).buffer).getUint32(0)
  if (length > MOST_TEXT) throw new RescueFault('foreign')
  const content = checked(parsed(await reader.take(length)))
  // Lengths that the file can't keep are known before a single file is read.
  const promised = content.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (promised !== reader.left() || content.files.some(({ bytes }) => bytes > MOST_FILE)) throw new RescueFault('foreign')
  return { content, reader }
}

function parsed(text: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text))
  } catch (reason) {
    throw new RescueFault('foreign', reason)
  }
}
