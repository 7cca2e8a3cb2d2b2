/** Which drafts need which files: today's photos, and what only history, a conflict or a delivery still names. */
import { materialsOf } from '../domain/answers'
import type { FileFacts } from '../domain/forms/kinds'
import type { Json } from '../domain/sync'
import { phone } from './phone'
import { readDrafts, type DraftView } from './read'

export interface FileRef {
  sha256: string
  bytes: number
  /** Drafts that show it now. */
  shown: Set<string>
  /** All drafts that name it anywhere. */
  named: Set<string>
  /** An open conflict or a change on its way stands on it: it must stay, whatever the server has. */
  pinned: boolean
}

/** The files on this phone by digest, without reading their bytes, and the drafts they belong to. */
export async function readFileRefs(): Promise<{ files: Map<string, FileRef>; drafts: DraftView[] }> {
  const { db, codec } = phone()
  const drafts = await readDrafts()
  const [here, uploads, registers, versions, outbox, conflicts] = await Promise.all([
    db.files.toCollection().primaryKeys(),
    db.uploads.toArray(),
    db.registers.filter(isFile).toArray(),
    db.versions.filter(isFile).toArray(),
    db.outbox.filter(isFile).toArray(),
    db.conflicts.toArray(),
  ])
  const files = new Map(here.map((sha256): [string, FileRef] => [sha256, { sha256, bytes: 0, shown: new Set(), named: new Set(), pinned: false }]))
  const name = (draft: string, value: Json, pinned = false) => {
    const facts = value as Partial<FileFacts> | null
    const file = files.get(facts?.sha256 ?? '')
    if (!file) return
    file.bytes ||= facts?.bytes ?? 0
    file.named.add(draft)
    file.pinned ||= pinned
  }
  for (const { draft, sha256, bytes } of uploads) name(draft, { sha256, bytes })
  for (const { draft, payload } of [...registers, ...versions]) name(draft, (await codec.open(payload)).value)
  // What is parked belongs to a deleted row, and goes nowhere.
  for (const { draft, payload, state } of outbox) name(draft, (await codec.open(payload)).value, state !== 'parked')
  for (const { draft, payload } of conflicts) name(draft, (await codec.open(payload)).mine, true)
  for (const { id, form, answers } of drafts)
    for (const { material: { file } } of materialsOf(form, answers)) if (file) files.get(file.sha256)?.shown.add(id)
  // What came by none of these ways is weighed by itself.
  for (const file of files.values()) file.bytes ||= (await db.files.get(file.sha256))?.bytes ?? 0
  return { files, drafts }
}

const isFile = ({ path }: { path: string }) => path.endsWith('/file')
