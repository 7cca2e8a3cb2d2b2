/** What of each draft has not arrived yet, thing by thing: the outbox as people see it. */
import { materialsOf } from '../domain/answers'
import { labelOf } from '../domain/forms/labels'
import { isSensitive, type RejectReason } from '../domain/sync'
import { phone } from './phone'
import { readDraft, type DraftView } from './read'

export interface WaitingFile {
  sha256: string
  label: string
  bytes: number
  /** Bytes that the server has. */
  sent: number
  state: 'waiting' | 'held' | 'refused'
  /** refused: the server's words. */
  reason: string
}

export interface WaitingWork {
  draft: DraftView
  /** Labels of answers that wait for the network or an account, each once. */
  answers: string[]
  /** Labels of answers that wait for the consent. */
  held: string[]
  refused: { label: string; reason: RejectReason }[]
  files: WaitingFile[]
}

/** Of every draft on this phone, those where something is open first; deleted drafts only while something of them waits. */
export async function readWaitingWork(): Promise<WaitingWork[]> {
  const { db } = phone()
  const ids = await db.drafts.orderBy('changedAt').reverse().primaryKeys()
  const all = (await Promise.all(ids.map(waitingWork))).filter((work) => work !== null)
  return all.filter((work) => !work.draft.deleted || isOpen(work)).sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)))
}

/** For the network, or for the consent. */
export const isWaiting = ({ answers, held, files }: WaitingWork): boolean =>
  answers.length + held.length > 0 || files.some(({ state }) => state !== 'refused')

export const needsPerson = ({ refused, files, draft }: WaitingWork): boolean =>
  refused.length + draft.delivery.conflicts > 0 || files.some(({ state }) => state === 'refused')

const isOpen = (work: WaitingWork) => isWaiting(work) || needsPerson(work)

async function waitingWork(id: string): Promise<WaitingWork | null> {
  const { db, codec } = phone()
  const [draft, registers, outbox, uploads] = await Promise.all([
    readDraft(id),
    db.registers.where('draft').equals(id).toArray(),
    db.outbox.where('draft').equals(id).and(({ state }) => state !== 'parked').sortBy('id'),
    db.uploads.where('draft').equals(id).and(({ state }) => state !== 'confirmed').toArray(),
  ])
  if (!draft) return null
  const { form, consent } = draft
  const values = new Map(
    await Promise.all(registers.map(async ({ path, payload }) => [path, (await codec.open(payload)).value] as const)),
  )
  const waiting = outbox.filter(({ state }) => state === 'waiting')
  const isHeld = ({ path, seq }: { path: string; seq: number | null }) => !consent && seq === null && isSensitive(form, path)
  // A new row and its cells are one thing to its user.
  const labels = (rows: typeof outbox) => [...new Set(rows.map(({ path }) => labelOf(form, values, path).split(' · ')[0] ?? ''))]

  const files = await Promise.all(
    materialsOf(form, draft.answers).map(async ({ slot, material: { id: row, file } }): Promise<WaitingFile | null> => {
      const upload = file && uploads.find(({ sha256 }) => sha256 === file.sha256)
      if (!upload) return null
      const { bytes, sha256, sent } = upload
      const held = !consent && form.fields[slot]?.sensitive !== undefined
      const state = upload.state === 'refused' ? 'refused' : held ? 'held' : 'waiting'
      const { reason = '' } = await codec.open(upload.payload)
      return { sha256, bytes, sent, state, label: labelOf(form, values, `${slot}/${row}`), reason }
    }),
  )
  return {
    draft,
    answers: labels(waiting.filter((row) => !isHeld(row))),
    held: labels(waiting.filter(isHeld)),
    refused: outbox.flatMap(({ state, path, reason = 'bad-value' }) =>
      state === 'refused' ? [{ label: labelOf(form, values, path), reason }] : [],
    ),
    files: files.filter((file) => file !== null),
  }
}
