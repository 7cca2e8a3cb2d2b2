/** What a rescue package holds of one draft, gathered from the tables in one moment. */
import type { FileFacts } from '../../domain/forms/kinds'
import { CLIENT_VERSION, type Json, type Register, type SubmissionState } from '../../domain/sync'
import type { Receipt } from '../../domain/submission'
import type { CheckpointRow, OutboxRow } from '../database'
import { DraftMissing } from '../failure'
import { ownerOf, type Phone } from '../phone'

export type PackedFile = Pick<FileFacts, 'sha256' | 'type' | 'bytes'>

export interface PackageContent {
  /** UUID of this package. */
  id: string
  /** ISO, the clock of the phone that made it. */
  made: string
  /** The version of the protocol and the forms that made it. */
  client: number
  /** Whose draft it is; `account` null: a guest's. Versions belong to the server's life `epoch`. */
  from: { account: string | null; phone: string; epoch: string | null }
  draft: { id: string; revision: number; changedAt: number; submission: SubmissionState | null }
  registers: Register[]
  /** Paths whose value has not reached the server, with the version that their author had seen. */
  pending: { path: string; base: number }[]
  conflicts: PackedConflict[]
  receipts: Receipt[]
  versions: PackedVersion[]
  checkpoints: { at: number; why: CheckpointRow['why'] }[]
  /** The files that follow, in this order. */
  files: PackedFile[]
}
export interface PackedConflict {
  id: string
  closed: 0 | 1
  path: string
  mine: Json
  by: string
  at: string
  reason: 'changed' | 'deleted'
}
export interface PackedVersion {
  path: string
  version: number
  /** ms by the clock of the phone where it stood; absent where nobody noted it. */
  since?: number
  until: number
  value: Json
  by: string
  at: string
}

/** Everything but the files, which are read one at a time. Throws `DraftMissing`. */
export async function contentOf(home: Phone, draft: string): Promise<PackageContent> {
  const { db, codec } = home
  const { account, epoch, payload } = await ownerOf(db)
  const rows = await db.transaction('r', tablesOf(home), async () => ({
    draft: await db.drafts.get(draft),
    registers: await db.registers.where('draft').equals(draft).toArray(),
    outbox: await db.outbox.where('draft').equals(draft).sortBy('id'),
    conflicts: await db.conflicts.where('draft').equals(draft).toArray(),
    receipts: await db.receipts.where('draft').equals(draft).toArray(),
    versions: await db.versions.where('draft').equals(draft).sortBy('until'),
    checkpoints: await db.checkpoints.where('draft').equals(draft).toArray(),
  }))
  if (!rows.draft) throw new DraftMissing()
  const { revision, changedAt, payload: about } = rows.draft
  const opened = <R extends { payload: object }>(all: R[]) =>
    Promise.all(all.map(async (row) => ({ row, ...((await codec.open(row.payload)) as R['payload']) })))
  const registers = (await opened(rows.registers)).map(({ row, value, by, at }) => {
    const { path, version } = row
    return { path, value, version, by, at }
  })
  return {
    id: crypto.randomUUID(),
    made: new Date().toISOString(),
    client: CLIENT_VERSION,
    from: { account, phone: (await codec.open(payload)).phone, epoch: epoch ?? null },
    draft: { id: draft, revision, changedAt, submission: (await codec.open(about)).submission ?? null },
    registers,
    pending: pendingOf(rows.outbox, registers),
    conflicts: (await opened(rows.conflicts)).map(({ row, path, mine, by, at, reason }) => {
      const { id, closed } = row
      return { id, closed, path, mine, by, at, reason }
    }),
    receipts: (await opened(rows.receipts)).map(({ receipt }) => receipt),
    versions: (await opened(rows.versions.slice(-MOST_VERSIONS))).map(({ row, value, by, at }) => ({
      path: row.path,
      version: row.version,
      ...(row.since === undefined ? {} : { since: row.since }),
      until: row.until,
      value,
      by,
      at,
    })),
    checkpoints: rows.checkpoints.map(({ at, why }) => ({ at, why })),
    files: [],
  }
}

/** The newest earlier values; a year of typing must not make a package that no phone can open. */
export const MOST_VERSIONS = 5000

/** The last operation of a path says what its author had seen; what was never sent and has no operation left counts too. */
function pendingOf(outbox: readonly OutboxRow[], registers: readonly Register[]): PackageContent['pending'] {
  const bases = new Map<string, number>(registers.filter(({ version }) => version === 0).map(({ path }) => [path, 0]))
  const known = new Set(registers.map(({ path }) => path))
  for (const { path, base } of outbox) if (known.has(path)) bases.set(path, base)
  return [...bases].map(([path, base]) => ({ path, base }))
}

const tablesOf = ({ db }: Phone) => [db.drafts, db.registers, db.outbox, db.conflicts, db.receipts, db.versions, db.checkpoints]

/** Every file that a value names, current ones first; an earlier picture of a rotated photo is part of its history. */
export function filesNamed({ registers, versions, conflicts }: PackageContent): PackedFile[] {
  const named = new Map<string, PackedFile>()
  const note = (path: string, value: Json) => {
    const file = fileFacts(value)
    if (path.endsWith('/file') && file && !named.has(file.sha256)) named.set(file.sha256, file)
  }
  for (const { path, value } of registers) note(path, value)
  for (const { path, mine } of conflicts) note(path, mine)
  for (const { path, value } of versions) note(path, value)
  return [...named.values()]
}

/** The pictures and papers that the draft shows, those of deleted rows too: they can come back. */
export const currentFiles = ({ registers }: PackageContent): PackedFile[] =>
  registers.flatMap(({ path, value }) => (path.endsWith('/file') ? (fileFacts(value) ?? []) : []))

/** The facts of a file, or null where the value is none. */
export function fileFacts(value: Json): PackedFile | null {
  if (typeof value !== 'object' || !value || Array.isArray(value)) return null
  const { sha256, type, bytes } = value
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null
  if ((type !== 'image/jpeg' && type !== 'application/pdf') || typeof bytes !== 'number') return null
  return { sha256, type, bytes }
}
