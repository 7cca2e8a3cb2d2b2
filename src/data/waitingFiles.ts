/** Which files are still to be sent. */
import { materialsOf } from '../domain/answers'
import type { FileFacts } from '../domain/forms/kinds'
import type { UploadRow } from './database'
import type { Phone } from './phone'
import { readDraft } from './read'

/** What waits and is still wanted: a draft refers to it, and where it is sensitive the consent was given. */
export async function waitingFiles(home: Phone, only?: string): Promise<UploadRow[]> {
  const waiting = await home.db.uploads.where('state').equals('waiting').toArray()
  const found: UploadRow[] = []
  for (const draft of new Set(waiting.map((upload) => upload.draft))) {
    if (only && draft !== only) continue
    const wanted = await wantedFiles(draft, home)
    found.push(...waiting.filter((upload) => upload.draft === draft && wanted.has(upload.sha256)))
  }
  return found
}

/** Digests that the draft refers to, without those that wait for the consent. */
export async function wantedFiles(draft: string, home: Phone): Promise<Set<string>> {
  const view = await readDraft(draft, home)
  if (!view) return new Set()
  const shown = materialsOf(view.form, view.answers).flatMap(({ slot, material: { file } }) => (file ? [{ slot, file }] : []))
  // The other picture of a conflict as well: whoever chooses, on whatever device, has to see it and to have it.
  return new Set(
    [...shown, ...(await undecidedFiles(draft, home))].flatMap(({ slot, file }) =>
      view.consent || !view.form.fields[slot]?.sensitive ? [file.sha256] : [],
    ),
  )
}

async function undecidedFiles(draft: string, { db, codec }: Phone): Promise<{ slot: string; file: FileFacts }[]> {
  const rows = (await db.conflicts.where('draft').equals(draft).toArray()).filter(({ closed }) => !closed)
  const opened = await Promise.all(rows.map(async ({ payload }) => codec.open(payload)))
  return opened.flatMap(({ path, mine }) =>
    path.endsWith('/file') && mine ? [{ slot: path.split('/')[0] ?? '', file: mine as unknown as FileFacts }] : [],
  )
}
