/** What the server did not take: it stays on the phone with its reason and its ways out, and blocks nothing else. */
import { assemble, materialsOf } from '../domain/answers'
import { formOf, isAward } from '../domain/forms'
import type { Award, FileFacts } from '../domain/forms/kinds'
import { labelOf, stepOf } from '../domain/forms/labels'
import type { Json, RejectReason } from '../domain/sync'
import { whileNobodySends } from './drain'
import { unpark } from './outbox'
import { phone, type Phone } from './phone'
import { assertEditable } from './readOnly'
import { earlierValues, keep } from './versions'
import { changed } from './wake'
import { write } from './write'

export interface RefusedAnswer {
  path: string
  /** Table, row and the annex's label. */
  label: string
  /** Id of the step that asks for it; null for what no step shows. */
  step: string | null
  reason: RejectReason
  /** What was refused; it stands on this phone. */
  value: Json
  /** ISO, the phone's clock. */
  at: string
  /** What the server holds in its place; undefined where nobody has said. */
  stands: { value: Json; by: string; at: string } | null | undefined
}

export interface RefusedFile {
  slot: string
  /** The photo's row. */
  material: string
  label: string
  step: string | null
  file: FileFacts
  reason: string
}

export interface RefusedContent {
  award: Award
  answers: RefusedAnswer[]
  files: RefusedFile[]
  /** The server takes nothing of this draft: it is another account's, or it doesn't know its call. */
  wholeDraft: boolean
}

/** In the order in which it was written; null when this phone doesn't have the draft. */
export async function readRefused(draft: string): Promise<RefusedContent | null> {
  const { db, codec } = phone()
  const [registers, rows, uploads] = await db.transaction('r', [db.registers, db.outbox, db.uploads], async () =>
    Promise.all([
      db.registers.where('draft').equals(draft).toArray(),
      db.outbox.where('draft').equals(draft).and(({ state }) => state === 'refused').sortBy('id'),
      db.uploads.where('draft').equals(draft).and(({ state }) => state === 'refused').toArray(),
    ]),
  )
  const opened = await Promise.all(registers.map(async ({ path, payload }) => [path, (await codec.open(payload)).value] as const))
  const values = new Map(opened)
  const award = (values.get('$draft') as { award?: unknown } | null | undefined)?.award
  if (!isAward(award)) return null
  const form = formOf(award)
  const about = (path: string) => ({ label: labelOf(form, values, path), step: stepOf(form, path)?.id ?? null })
  const answers = await Promise.all(
    rows.map(async ({ path, reason = 'bad-value', payload, stands }): Promise<RefusedAnswer> => {
      const { value, at } = await codec.open(payload)
      return { path, ...about(path), reason, value, at, stands: stands ? await codec.open(stands.payload) : stands }
    }),
  )
  const reasons = new Map(
    await Promise.all(uploads.map(async ({ sha256, payload }) => [sha256, (await codec.open(payload)).reason ?? ''] as const)),
  )
  const files = materialsOf(form, assemble(form, values)).flatMap(({ slot, material: { id: material, file } }): RefusedFile[] => {
    const reason = file && reasons.get(file.sha256)
    return file && reason !== undefined ? [{ slot, material, ...about(`${slot}/${material}`), file, reason }] : []
  })
  const wholeDraft = answers.some(({ path, reason }) => path === '$draft' || reason === 'unknown-draft')
  return { award, answers, files, wholeDraft }
}

/**
 * Takes back this phone's value to what the server holds, in one transaction; works offline. The value that is given up
 * stays among the earlier ones. A draft's beginning can't be given up: nothing would be left of it.
 */
export async function discardRefused(draft: string, path: string): Promise<void> {
  assertEditable(draft)
  if (path === '$draft') return
  const home = phone()
  const rows = await home.db.outbox.where('[draft+path]').equals([draft, path]).toArray()
  const known = rows.some(({ state, stands }) => state === 'refused' && stands !== undefined)
  // Where nobody has said what stands, the draft is asked for from its beginning; no answer under way may overtake that.
  await (known ? giveUp(home, draft, path) : whileNobodySends(home, () => giveUp(home, draft, path)))
  changed()
}

function giveUp({ db }: Phone, draft: string, path: string): Promise<void> {
  return db.transaction('rw', [db.drafts, db.registers, db.outbox, ...earlierValues(db)], async () => {
    const rows = await db.outbox.where('[draft+path]').equals([draft, path]).toArray()
    const refused = rows.filter(({ state }) => state === 'refused')
    const last = refused.at(-1)
    if (!last) return
    await db.outbox.bulkDelete(refused.flatMap(({ id }) => (id === undefined ? [] : [id])))
    // A later edit has taken its place: that one stands.
    if (refused.length < rows.length) return
    const mine = await db.registers.get([draft, path])
    if (mine) await keep(db, [mine], Date.now())
    if (last.stands) await db.registers.put({ ...last.stands, since: Date.now() })
    else await db.registers.delete([draft, path])
    if (last.stands === undefined) await db.drafts.update(draft, { revision: 0 })
    if (mine?.gone && last.stands && !last.stands.gone) await unpark(db, draft, path)
  })
}

/** Sends it once more as it is: the reason may have gone, a newer server knows the field, the consent has arrived. */
export async function retryRefused(draft: string, path: string): Promise<void> {
  const { db, codec } = phone()
  const rows = await db.outbox.where('[draft+path]').equals([draft, path]).toArray()
  const last = rows.filter(({ state }) => state === 'refused').at(-1)
  if (last) await write(draft, [{ path, value: (await codec.open(last.payload)).value }])
}
