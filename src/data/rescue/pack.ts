/** One draft, with everything that this phone has of it, as one encrypted file. Works offline, for guests, and read only. */
import { awardNames, isAward } from '../../domain/forms'
import { beijingTime } from '../../domain/rules/dates'
import { digestOfBytes } from '../digest'
import { bytesOf } from '../materials'
import { phone, type Phone } from '../phone'
import { contentOf, currentFiles, filesNamed, type PackageContent, type PackedFile } from './content'
import { RescueFault } from './fault'
import type { Bytes } from './format'
import { sealAll } from './records'

export interface Packed {
  file: File
  /** Pictures of the draft whose bytes could not be had: they are on the server, and there is no network. */
  missing: number
}
export interface Packing {
  home?: Phone
  /** From 0 to 1. */
  onProgress?: (share: number) => void
}

export const MIN_PASSWORD = 8

/** A rescue package of this draft. Throws `RescueFault` weak-password, `DraftMissing`, and what IndexedDB throws. */
export async function exportDraft(draft: string, password: string): Promise<File> {
  return (await packDraft(draft, password)).file
}

/** The same, with how far it is and how many pictures could not be put in. */
export async function packDraft(draft: string, password: string, { home = phone(), onProgress }: Packing = {}): Promise<Packed> {
  if ([...password].length < MIN_PASSWORD) throw new RescueFault('weak-password')
  const content = await contentOf(home, draft)
  await fetchMissing(draft, content)
  for (const file of filesNamed(content)) {
    const bytes = await read(file, home)
    // A picture that this phone's disk has spoilt must not travel on as if it were sound.
    if (bytes && (await digestOfBytes(bytes)) === file.sha256) content.files.push({ ...file, bytes: bytes.length })
  }
  const packed = new Set(content.files.map(({ sha256 }) => sha256))
  const missing = currentFiles(content).filter(({ sha256 }) => !packed.has(sha256)).length
  const blob = await sealAll(plainBytes(content, home, onProgress ?? (() => undefined)), password)
  return { file: new File([blob], nameOf(content), { type: 'application/octet-stream' }), missing }
}

/** Pictures that were taken elsewhere come from the server; where it can't be reached, the first failure ends the trying. */
async function fetchMissing(draft: string, content: PackageContent): Promise<void> {
  try {
    for (const file of currentFiles(content)) await bytesOf(draft, file)
  } catch {
    // Counted as missing.
  }
}

async function* plainBytes(content: PackageContent, home: Phone, onProgress: (share: number) => void): AsyncGenerator<Bytes> {
  const text = new TextEncoder().encode(JSON.stringify(content))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.length)
  yield length
  yield text
  for (const [i, file] of content.files.entries()) {
    const bytes = await read(file, home)
    if (bytes?.length !== file.bytes) throw new Error('这台手机上的照片刚刚变了，请再试一次')
    yield bytes
    onProgress((i + 1) / content.files.length)
  }
}

async function read({ sha256 }: PackedFile, { db, codec }: Phone): Promise<Bytes | null> {
  const row = await db.files.get(sha256)
  return row ? new Uint8Array((await codec.open(row.payload)).buf) : null
}

/** e.g. 匠申救援包-企业首席技师-2021-04-20.jsbak */
function nameOf({ registers, made }: PackageContent): string {
  const value = (path: string) => registers.find((register) => register.path === path)?.value
  const award = (value('$draft') as { award?: unknown } | null | undefined)?.award
  const title = value('$title') || (isAward(award) ? awardNames[award] : '草稿')
  const safe = String(title).replace(/[\\/:*?"<>|\s.]+/gu, ' ').trim().slice(0, 30)
  return `匠申救援包-${safe || '草稿'}-${beijingTime(Date.parse(made)).slice(0, 10)}.jsbak`
}
