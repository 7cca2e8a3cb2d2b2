/** Reading drafts back: rows are fetched first and opened afterwards, so that a live query sees what it depends on. */
import { assemble, materialsOf, type AnyAnswers } from '../domain/answers'
import { callById } from '../domain/calls'
import type { Call } from '../domain/calls/call'
import { blocksSubmission, decisionOf } from '../domain/conflicts'
import { formOf, isAward } from '../domain/forms'
import type { Award, Form } from '../domain/forms/kinds'
import { isSensitive, type Json, type RejectReason, type SubmissionState } from '../domain/sync'
import type { DraftRow, OutboxRow, UploadRow } from './database'
import { phone, type Phone } from './phone'
import { readOnlyReason } from './readOnly'

/** How far the content of a draft has come; what screens show is made from it in draftState.ts. */
export interface Delivery {
  /** Operations that wait for the network or an account. */
  waiting: number
  /** Operations that wait for the consent to send sensitive answers. */
  held: number
  refused: { path: string; reason: RejectReason }[]
  /** Files that the server has not confirmed by their SHA-256. */
  unconfirmed: number
  /** Those of them that the server has refused: waiting doesn't help. */
  refusedFiles: number
  /** Open ones, as many as there are choices to make; what stands is what would be submitted. */
  conflicts: number
  /** Those of them that have to be settled before the submission. */
  blockingConflicts: number
}

export interface DraftView {
  id: string
  award: Award
  form: Form
  call: Call | null
  callId: string
  answers: AnyAnswers
  /** Path → version of what stands there; 0 or absent before the server has written it. */
  versions: ReadonlyMap<string, number>
  title: string
  deleted: boolean
  consent: { version: string; at: string } | null
  revision: number
  changedAt: number
  submission: SubmissionState | null
  /** Number of the receipt whose submission the server has lost; null: none. */
  lost: string | null
  delivery: Delivery
  /** Why it can only be looked at: a newer version of the app has filled it. Empty where it can be changed. */
  readOnly: string
}

/** The draft with this id; null when this phone doesn't have it. */
export async function readDraft(id: string, { db, codec }: Phone = phone()): Promise<DraftView | null> {
  // One transaction: an answer and what is still to be sent of it belong to one moment.
  const [row, registers, outbox, uploads, conflicts] = await db.transaction(
    'r',
    [db.drafts, db.registers, db.outbox, db.uploads, db.conflicts],
    async () =>
      Promise.all([
        db.drafts.get(id),
        db.registers.where('draft').equals(id).toArray(),
        db.outbox.where('draft').equals(id).toArray(),
        db.uploads.where('draft').equals(id).toArray(),
        db.conflicts.where('draft').equals(id).toArray(),
      ]),
  )
  if (!row) return null
  const values = new Map(
    await Promise.all(
      registers.map(async ({ path, payload }) => [path, (await codec.open(payload)).value] as const),
    ),
  )
  const view = viewOf(row, await codec.open(row.payload), values, {
    outbox,
    uploads: new Map(uploads.map(({ sha256, state }) => [sha256, state])),
    conflicts: await Promise.all(
      conflicts.filter(({ closed }) => !closed).map(async ({ payload }) => (await codec.open(payload)).path),
    ),
  })
  const about = values.get('$draft') as { formVersion?: unknown } | null | undefined
  const versions = new Map(registers.map(({ path, version }) => [path, version]))
  return view && { ...view, versions, readOnly: readOnlyReason(db, id, about?.formVersion, view.form.version) }
}

/** Every draft on this phone, newest change first; the deleted ones too, marked. */
export async function readDrafts(): Promise<DraftView[]> {
  const { db } = phone()
  const ids = await db.drafts.orderBy('changedAt').reverse().primaryKeys()
  const views = await Promise.all(ids.map((id) => readDraft(id)))
  return views.filter((view) => view !== null)
}

/** Path → value of one draft, as it stands on this phone. */
export async function readValues(draft: string): Promise<Map<string, Json>> {
  const { db, codec } = phone()
  const registers = await db.registers.where('draft').equals(draft).toArray()
  return new Map(await Promise.all(registers.map(async ({ path, payload }) => [path, (await codec.open(payload)).value] as const)))
}

function viewOf(
  row: DraftRow,
  opened: DraftRow['payload'],
  values: Map<string, Json>,
  rest: { outbox: OutboxRow[]; uploads: Map<string, UploadRow['state']>; conflicts: string[] },
): Omit<DraftView, 'readOnly' | 'versions'> | null {
  const about = values.get('$draft') as { call?: string; award?: string } | null | undefined
  // A draft whose first register has not arrived yet is not shown; it comes whole with the next pull.
  if (!about?.call || !isAward(about.award)) return null
  const form = formOf(about.award)
  const consent = (values.get('$consent') ?? null) as DraftView['consent']
  const answers = assemble(form, values)
  const waiting = rest.outbox.filter(({ state }) => state === 'waiting')
  const held = consent ? [] : waiting.filter(({ path, seq }) => seq === null && isSensitive(form, path))
  const decisions = (paths: readonly string[]) => new Set(paths.map((path) => JSON.stringify(decisionOf(path, values)))).size
  const files = materialsOf(form, answers).map(({ material: { file } }) => file && rest.uploads.get(file.sha256))
  return {
    id: row.id,
    award: about.award,
    form,
    call: callById(about.call),
    callId: about.call,
    answers,
    title: typeof values.get('$title') === 'string' ? (values.get('$title') as string) : '',
    deleted: values.get('$deleted') === true,
    consent,
    revision: row.revision,
    changedAt: row.changedAt,
    submission: opened.submission ?? null,
    lost: row.lost?.receipt ?? null,
    delivery: {
      waiting: waiting.length - held.length,
      held: held.length,
      refused: rest.outbox.flatMap(({ state, path, reason }) => (state === 'refused' && reason ? [{ path, reason }] : [])),
      unconfirmed: files.filter((state) => state && state !== 'confirmed').length,
      refusedFiles: files.filter((state) => state === 'refused').length,
      conflicts: decisions(rest.conflicts),
      blockingConflicts: decisions(rest.conflicts.filter((path) => blocksSubmission(form, path))),
    },
  }
}
