/** An import's rows, sealed: everything that may be asynchronous comes before the transaction. */
import type { Register } from '../../domain/sync'
import type { Codec } from '../codec'
import type { CheckpointRow, ConflictRow, DraftRow, ReceiptRow, RegisterRow, UploadRow, VersionRow } from '../database'
import { sealRegister, type Entry } from '../outbox'
import { currentFiles, type PackageContent, type PackedFile, type PackedVersion } from './content'
import type { Decision } from './rule'
import type { Found } from './standing'

export interface SealedImport {
  draft: DraftRow
  /** It wasn't here before. */
  isNew: boolean
  entries: (Entry & { seen: number })[]
  cache: RegisterRow[]
  versions: VersionRow[]
  checkpoints: CheckpointRow[]
  took: Decision['took']
  uploads: UploadRow[]
  conflicts: ConflictRow[]
  receipts: ReceiptRow[]
  /** The server's life that the versions belong to. */
  epoch: string | null
  /** ms */
  now: number
}

/** @param now ms, when it stands here from */
export async function sealImport(
  content: PackageContent,
  decision: Decision,
  found: Found,
  codec: Codec,
  now: number,
): Promise<SealedImport> {
  const { id, changedAt } = content.draft
  const entry = async ({ register, base }: { register: Register; base: number }) => ({
    register: { ...(await sealRegister(codec, id, { ...register, version: 0 })), since: now },
    operation: await codec.seal({ value: register.value, at: register.at }),
    seen: base,
  })
  const payload = await codec.seal({ submission: provedSubmission(content) })
  // From the beginning: the first pull brings whatever the package's phone had not seen.
  const draft = found.draft ?? { id, revision: 0, changedAt, payload }
  return {
    draft,
    isNew: !found.draft,
    entries: await Promise.all(decision.enter.map(entry)),
    cache: await Promise.all(
      decision.cache.map(async (register) => ({ ...(await sealRegister(codec, id, register)), since: now })),
    ),
    versions: await newVersions(content, decision.versions, found, codec),
    checkpoints: content.checkpoints
      .filter(({ at, why }) => !found.checkpoints.some((one) => one.at === at && one.why === why))
      .map(({ at, why }) => ({ at, why, draft: id })),
    took: decision.took,
    uploads: await Promise.all(currentFiles(content).map((file) => waitingUpload(id, file, codec))),
    conflicts: await Promise.all(
      content.conflicts.map(async ({ id: conflict, closed, path, mine, by, at, reason }) => {
        const payload = await codec.seal({ path, mine, by, at, reason })
        return { draft: id, id: conflict, closed, at, payload }
      }),
    ),
    receipts: await Promise.all(
      content.receipts.map(async (receipt) => ({ number: receipt.number, draft: id, payload: await codec.seal({ receipt }) })),
    ),
    epoch: content.from.epoch,
    now,
  }
}

/** Whether it looks submitted is the server's to say, unless the receipt came along to prove it. */
const provedSubmission = ({ draft: { submission }, receipts }: PackageContent) =>
  receipts.some(({ number }) => number === submission?.receipt) ? submission : null

/** Confirmed is what the server says, never what a package says. */
async function waitingUpload(draft: string, { sha256, bytes }: PackedFile, codec: Codec): Promise<UploadRow> {
  return { draft, sha256, bytes, state: 'waiting', sent: 0, payload: await codec.seal({}) }
}

/** Earlier values that aren't known here; each is one by its path, its time and the time at which it gave way. */
async function newVersions(
  content: PackageContent,
  lost: readonly PackedVersion[],
  found: Found,
  codec: Codec,
): Promise<VersionRow[]> {
  const nameOf = ({ path, until }: { path: string; until: number }, at: string) => `${path} ${until} ${at}`
  const known = new Set(await Promise.all(found.versions.map(async (row) => nameOf(row, (await codec.open(row.payload)).at))))
  const news = [...content.versions.filter((one) => !known.has(nameOf(one, one.at))), ...lost]
  return Promise.all(
    news.map(async ({ path, version, since, until, value, by, at }) => {
      const row: VersionRow = { draft: content.draft.id, path, version, until, payload: await codec.seal({ value, by, at }) }
      return since === undefined ? row : { ...row, since }
    }),
  )
}
