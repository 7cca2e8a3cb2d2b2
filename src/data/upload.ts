/** Files to the server, each on its own: a refused or failing one never blocks the others. */
import { materialsOf } from '../domain/answers'
import type { UploadRow } from './database'
import { Refused } from './failure'
import { phone } from './phone'
import { readDraft } from './read'
import type { Wire } from './wire'

/** Sends what is missing and asks for the proof; throws the first network failure after every file had its turn. */
export async function uploadAll(wire: Wire): Promise<void> {
  const { db } = phone()
  const waiting = await db.uploads.where('state').equals('waiting').toArray()
  let failure: unknown = null
  for (const draft of new Set(waiting.map((upload) => upload.draft))) {
    const uploads = waiting.filter((upload) => upload.draft === draft)
    // The draft must exist at the server first, and its consent stands before sensitive files.
    const wanted = await wantedFiles(draft)
    for (const upload of uploads) {
      if (!wanted.has(upload.sha256)) continue
      try {
        await uploadOne(wire, upload)
      } catch (reason) {
        failure ??= reason
      }
    }
    await confirm(wire, draft, uploads)
  }
  if (failure) throw failure
}

/** Digests that the draft still refers to, without those that wait for the consent. */
async function wantedFiles(draft: string): Promise<Set<string>> {
  const view = await readDraft(draft)
  if (!view || view.revision === 0) return new Set()
  return new Set(
    materialsOf(view.form, view.answers).flatMap(({ slot, material: { file } }) =>
      file && (view.consent || !view.form.fields[slot]?.sensitive) ? [file.sha256] : [],
    ),
  )
}

async function uploadOne(wire: Wire, { draft, sha256, bytes, payload }: UploadRow): Promise<void> {
  const { db, codec } = phone()
  const file = await db.files.get(sha256)
  if (!file) return
  const { url } = await codec.open(payload)
  const [{ buf }, known] = [await codec.open(file.payload), await wire.confirmed(draft, [sha256])]
  if (known.includes(sha256)) return
  let shown = 0
  try {
    await wire.upload({
      draft,
      sha256,
      type: file.type,
      buf,
      url,
      onUrl: async (next) => {
        await db.uploads.update([draft, sha256], { payload: await codec.seal({ url: next }) })
      },
      onProgress: (sent) => {
        // A bar needs no more than a step per twentieth; each step is a write.
        if (sent - shown < bytes / 20 && sent !== bytes) return
        shown = sent
        void db.uploads.update([draft, sha256], { sent })
      },
    })
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason
    await db.uploads.update([draft, sha256], { state: 'refused', payload: await codec.seal({ reason: reason.message }) })
  }
}

/** Green only when the server names the same SHA-256. */
async function confirm(wire: Wire, draft: string, uploads: UploadRow[]): Promise<void> {
  const { db } = phone()
  const confirmed = await wire.confirmed(
    draft,
    uploads.map(({ sha256 }) => sha256),
  )
  for (const { sha256, bytes } of uploads)
    if (confirmed.includes(sha256)) await db.uploads.update([draft, sha256], { state: 'confirmed', sent: bytes })
}

/** A refused file gets another try, because its user asked for it. */
export async function retryUpload(draft: string, sha256: string): Promise<void> {
  await phone().db.uploads.update([draft, sha256], { state: 'waiting', sent: 0, payload: {} })
}
