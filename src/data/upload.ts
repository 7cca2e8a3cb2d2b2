/** Files to the server: small pictures first, then the smallest files; a refused or failing one never blocks the others. */
import type { PhoneDatabase, UploadRow } from './database'
import { Refused, Unreachable } from './failure'
import { isForAll } from './fileVerdict'
import { mustWait, WaitsForConsent } from './metered'
import { phone, type Phone } from './phone'
import { sendPreviews } from './previews'
import { countDamage, uploadOne, type Outcome } from './uploadOne'
import { waitingFiles, wantedFiles } from './waitingFiles'
import type { Wire } from './wire'

/** Files that fail on their way before a round ends: on a line that carries only questions, each costs 20 s. */
const SETBACKS = 2

/** How often a file's way here has failed since the page was opened: the one that does goes last. */
const setbacks = new Map<string, number>()

/**
 * Sends what is missing and asks for the proof. Throws the first failure after every file had its turn; at once when not
 * even a small question is answered. On a metered line whole files wait; with `only`, that is an error.
 * @param only files of this draft, before its submission: also what counts as confirmed is asked for again
 */
export async function uploadAll(wire: Wire, home: Phone, only?: string): Promise<void> {
  if (only) await askAgain(wire, home, only)
  const missing = await missingFiles(wire, home, only)
  await sendPreviews(wire, home, missing)
  if (mustWait(missing.reduce((sum, { bytes, sent }) => sum + bytes - sent, 0))) {
    if (only) throw new WaitsForConsent()
    return
  }
  await sendFiles(wire, home, missing.sort(inTurn))
}

const inTurn = (a: UploadRow, b: UploadRow) =>
  (setbacks.get(a.sha256) ?? 0) - (setbacks.get(b.sha256) ?? 0) || a.bytes - b.bytes

/** What waits and is not there; what is there turns out to be so here. */
async function missingFiles(wire: Wire, home: Phone, only: string | undefined): Promise<UploadRow[]> {
  const waiting = await waitingFiles(home, only)
  const missing: UploadRow[] = []
  for (const draft of new Set(waiting.map((upload) => upload.draft))) {
    // Its draft must be there first.
    if (((await home.db.drafts.get(draft))?.revision ?? 0) === 0) continue
    const uploads = waiting.filter((upload) => upload.draft === draft)
    const there = await confirm(wire, draft, uploads, home)
    missing.push(...uploads.filter(({ sha256 }) => !there.has(sha256)))
  }
  return missing
}

async function sendFiles(wire: Wire, home: Phone, uploads: readonly UploadRow[]): Promise<void> {
  let failure: unknown = null
  let failed = 0
  for (const upload of uploads) {
    if (home.db !== phone().db) throw new Unreachable('another account came into use')
    const { draft, sha256 } = upload
    let outcome: Outcome
    try {
      outcome = await uploadOne(wire, upload, home)
    } catch (reason) {
      if (isForAll(reason)) throw reason
      failure ??= reason
      setbacks.set(sha256, (setbacks.get(sha256) ?? 0) + 1)
      if (++failed >= SETBACKS) throw failure
      // Whether it is the line: a small question tells, and finds the file that came in although its answer did not.
      await confirm(wire, draft, [upload], home)
      continue
    }
    if (outcome !== 'sent' || (await confirm(wire, draft, [upload], home)).has(sha256)) continue
    const unproved = new Refused(422, { code: 'digest-differs', message: '服务器还没有确认收到一个文件，会自动再传', trace: '' })
    await countDamage(upload, unproved, home)
    failure ??= unproved
  }
  if (failure) throw failure
}

/** Green only when the server names the same SHA-256. Resolves with those that it has. */
async function confirm(wire: Wire, draft: string, uploads: UploadRow[], { db }: Phone): Promise<Set<string>> {
  const confirmed = await wire.confirmed(
    draft,
    uploads.map(({ sha256 }) => sha256),
  )
  for (const { sha256, bytes } of uploads)
    if (confirmed.includes(sha256)) await db.uploads.update([draft, sha256], { state: 'confirmed', sent: bytes })
  return new Set(confirmed)
}

/** A server that lost files has lost its word for them too: what it no longer names goes again. */
async function askAgain(wire: Wire, home: Phone, draft: string): Promise<void> {
  const wanted = await wantedFiles(draft, home)
  const confirmed = await home.db.uploads.where('draft').equals(draft).and(({ state }) => state === 'confirmed').toArray()
  const uploads = confirmed.filter(({ sha256 }) => wanted.has(sha256))
  if (uploads.length === 0) return
  const there = await confirm(wire, draft, uploads, home)
  await goAgain(home.db, uploads.filter(({ sha256 }) => !there.has(sha256)))
}

/**
 * The server was restored from a backup, or misses a file that it once confirmed: what was confirmed waits again until it
 * is. Those that are there after all are not sent twice.
 * @param draft only this one's
 */
export async function recheckUploads(db: PhoneDatabase, draft?: string): Promise<void> {
  const confirmed = db.uploads.where('state').equals('confirmed')
  await goAgain(db, await (draft ? confirmed.and((upload) => upload.draft === draft) : confirmed).toArray())
}

async function goAgain(db: PhoneDatabase, uploads: readonly UploadRow[]): Promise<void> {
  for (const { draft, sha256 } of uploads)
    await db.uploads.update([draft, sha256], { state: 'waiting', sent: 0, previewed: undefined, payload: {} })
}

/** A refused file gets another try, because its user asked for it. */
export async function retryUpload(draft: string, sha256: string): Promise<void> {
  await phone().db.uploads.update([draft, sha256], { state: 'waiting', sent: 0, payload: {} })
}
