/** Files to the server, each on its own: a refused or failing one never blocks the others. */
import { materialsOf } from '../domain/answers'
import type { FileFacts } from '../domain/forms/kinds'
import type { UploadRow } from './database'
import { digestOfBytes } from './digest'
import { Refused } from './failure'
import { phone, type Phone } from './phone'
import { readDraft } from './read'
import type { Wire } from './wire'

/** Statuses that are about the file itself; all others are about the session, the draft or the server. */
const ABOUT_THE_FILE = new Set([400, 413, 415, 422])

/**
 * Sends what is missing and asks for the proof. Throws the first failure after every file had its turn; at once when not
 * even a small question is answered.
 * @param only files of this draft
 */
export async function uploadAll(wire: Wire, home: Phone, only?: string): Promise<void> {
  const waiting = await home.db.uploads.where('state').equals('waiting').toArray()
  let failure: unknown = null
  for (const draft of new Set(waiting.map((upload) => upload.draft))) {
    if (only && draft !== only) continue
    // The draft must exist at the server first, and its consent stands before sensitive files.
    const wanted = await wantedFiles(draft, home)
    const uploads = waiting.filter((upload) => upload.draft === draft && wanted.has(upload.sha256))
    if (uploads.length === 0) continue
    const there = await confirm(wire, draft, uploads, home)
    const missing = uploads.filter(({ sha256 }) => !there.has(sha256))
    for (const upload of missing) {
      try {
        await uploadOne(wire, upload, home)
      } catch (reason) {
        if (home.db !== phone().db) throw reason
        failure ??= reason
      }
    }
    if (missing.length > 0) await confirm(wire, draft, missing, home)
  }
  if (failure) throw failure
}

/** Digests that the draft still refers to, without those that wait for the consent. */
async function wantedFiles(draft: string, home: Phone): Promise<Set<string>> {
  const view = await readDraft(draft, home)
  if (!view || view.revision === 0) return new Set()
  return new Set(
    materialsOf(view.form, view.answers).flatMap(({ slot, material: { file } }) =>
      file && (view.consent || !view.form.fields[slot]?.sensitive) ? [file.sha256] : [],
    ),
  )
}

async function uploadOne(wire: Wire, { draft, sha256, bytes, payload }: UploadRow, home: Phone): Promise<void> {
  const { db, codec } = home
  const file = await bytesFor(wire, sha256, home)
  if (!file) return
  const { url } = await codec.open(payload)
  let shown = 0
  let noted: Promise<unknown> = Promise.resolve()
  // One after the other, and all of them before the outcome is written: a late note must not undo it.
  const note = (work: () => Promise<unknown>) => {
    noted = noted.then(work).catch(() => undefined)
    return noted.then(() => undefined)
  }
  try {
    await wire.upload({
      draft,
      sha256,
      ...file,
      url,
      onUrl: (next) => note(async () => db.uploads.update([draft, sha256], { payload: await codec.seal({ url: next }) })),
      onProgress: (sent) => {
        // A bar needs no more than a step per twentieth; each step is a write.
        if (sent - shown < bytes / 20 && sent !== bytes) return
        shown = sent
        void note(() => db.uploads.update([draft, sha256], { sent }))
      },
    })
    await noted
  } catch (reason) {
    await noted
    if (!(reason instanceof Refused) || !ABOUT_THE_FILE.has(reason.status)) throw reason
    await db.uploads.update([draft, sha256], { state: 'refused', payload: await codec.seal({ reason: reason.message }) })
  }
}

/** From this phone; else, in a copy of a draft whose photos were taken elsewhere, from the server by the other draft. */
async function bytesFor(wire: Wire, sha256: string, { db, codec }: Phone): Promise<{ type: string; buf: ArrayBuffer } | null> {
  const here = await db.files.get(sha256)
  if (here) return { type: here.type, buf: (await codec.open(here.payload)).buf }
  for (const { draft, payload } of await db.registers.filter(({ path }) => path.endsWith('/file')).toArray()) {
    const facts = (await codec.open(payload)).value as FileFacts | null
    if (facts?.sha256 !== sha256 || !(await wire.confirmed(draft, [sha256])).includes(sha256)) continue
    const buf = await wire.file(draft, sha256)
    if ((await digestOfBytes(buf)) === sha256) return { type: facts.type, buf }
  }
  return null
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

/** A refused file gets another try, because its user asked for it. */
export async function retryUpload(draft: string, sha256: string): Promise<void> {
  await phone().db.uploads.update([draft, sha256], { state: 'waiting', sent: 0, payload: {} })
}
