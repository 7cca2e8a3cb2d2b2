/** Open conflicts as somebody decides about them: one card per answer, one per row that was deleted elsewhere. */
import { blocksSubmission, decisionOf } from '../domain/conflicts'
import { formOf } from '../domain/forms'
import type { Award, FileFacts, Form, RowsField } from '../domain/forms/kinds'
import { labelOf, stepOf } from '../domain/forms/labels'
import { parsePath, rowOf, sameValue, type Json } from '../domain/sync'
import { textAt } from '../documents/answerText'
import { conflictsWithValues, settleConflicts, type OpenConflict, type SeenConflict } from './conflicts'
import { placeAtEnd } from './rows'

export interface Written {
  value: Json
  by: string
  /** ISO; empty where nobody wrote. */
  at: string
}

export interface ConflictCard {
  /** value: one answer · row: whether (or where) a row stays · gone: what was written in a row that is deleted by now. */
  kind: 'value' | 'row' | 'gone'
  /** What is decided about; for `gone` the row. */
  path: string
  label: string
  step: { id: string; title: string } | null
  blocks: boolean
  /** What stands; for `gone` the deletion. */
  standing: Written & { version: number }
  /** The other values, each once, newest first; none where everybody has come to write the same. */
  others: Written[]
  /** gone: the newest value of each answer that was written in the row. */
  cells: { path: string; label: string; value: Json }[]
  /** Of a row: some of its answers, and its picture, so that one knows which it is. */
  about: string
  picture: FileFacts | null
  /** All conflicts that this card shows: they are closed together, and no other is. */
  closes: SeenConflict[]
  /** gone: those whose value comes back with the row. */
  bringsBack: SeenConflict[]
}

export async function readConflictCards(draft: string, award: Award): Promise<ConflictCard[]> {
  const { conflicts, values } = await conflictsWithValues(draft, award)
  return conflictCards(formOf(award), conflicts, values)
}

/** Blocking ones first, otherwise in the order of the form. */
export function conflictCards(form: Form, conflicts: readonly OpenConflict[], values: ReadonlyMap<string, Json>): ConflictCard[] {
  const groups = new Map<string, OpenConflict[]>()
  for (const one of conflicts) {
    const decision = JSON.stringify(decisionOf(one.path, values))
    groups.set(decision, [...(groups.get(decision) ?? []), one])
  }
  const order = Object.keys(form.fields)
  const place = ({ path }: ConflictCard) => order.indexOf(path.split('/')[0] ?? '')
  return [...groups.values()]
    .map((group) => cardOf(form, group, values))
    .sort((a, b) => Number(b.blocks) - Number(a.blocks) || place(a) - place(b) || (a.path < b.path ? -1 : 1))
}

function cardOf(form: Form, group: readonly OpenConflict[], values: ReadonlyMap<string, Json>): ConflictCard {
  const [first] = group as [OpenConflict]
  const row = rowOf(first.path)
  const { path, rowGone } = decisionOf(first.path, values)
  const kind = rowGone ? 'gone' : parsePath(form, path)?.at === 'row' ? 'row' : 'value'
  const newest = newestFirst(group)
  const step = stepOf(form, path)
  const aboutRow = kind === 'value' ? (row ?? '') : path
  return {
    kind,
    path,
    label: labelOf(form, values, path),
    step: step && { id: step.id, title: step.title },
    blocks: group.some((one) => blocksSubmission(form, one.path)),
    standing: { value: kind === 'gone' ? null : first.theirs, ...first.standing },
    others: kind === 'gone' ? [] : distinct(newest, first.theirs),
    cells: kind === 'gone' ? cellsOf(form, newest) : [],
    about: aboutOf(form, values, aboutRow),
    picture: fileOf(values, aboutRow),
    closes: group.map(({ id, seen }) => ({ id, seen })),
    bringsBack: newest
      .filter((one) => sameValue(one.mine, newest.find(({ path: same }) => same === one.path)?.mine))
      .map(({ id, seen }) => ({ id, seen })),
  }
}

const newestFirst = (group: readonly OpenConflict[]) => [...group].sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0))

function distinct(newest: readonly OpenConflict[], standing: Json): Written[] {
  const found: Written[] = []
  for (const { mine: value, by, at } of newest)
    if (!sameValue(value, standing) && !found.some((one) => sameValue(one.value, value))) found.push({ value, by, at })
  return found
}

/** The newest value of each answer, in the order of the columns. */
function cellsOf(form: Form, newest: readonly OpenConflict[]): ConflictCard['cells'] {
  const { columns = {} } = (form.fields[newest[0]?.path.split('/')[0] ?? ''] ?? {}) as Partial<RowsField>
  const place = (path: string) => Object.keys(columns).indexOf(path.split('/')[2] ?? '')
  return newest
    .filter((one, i) => newest.findIndex(({ path }) => path === one.path) === i)
    .sort((a, b) => place(a.path) - place(b.path))
    .map(({ path, mine }) => ({ path, label: labelOf(form, new Map(), path).split(' · ').at(-1) ?? '', value: mine }))
}

/** Some of a row's answers in words. */
function aboutOf(form: Form, values: ReadonlyMap<string, Json>, row: string): string {
  if (!row) return ''
  const known = parsePath(form, row)
  const columns = known?.at === 'row' && known.field.kind === 'rows' ? Object.keys(known.field.columns) : ['caption', 'shot']
  const words = columns.map((column) => textAt(form, `${row}/${column}`, values.get(`${row}/${column}`) ?? null))
  const text = words.filter(Boolean).slice(0, 3).join(' · ')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function fileOf(values: ReadonlyMap<string, Json>, row: string): FileFacts | null {
  const file = values.get(`${row}/file`)
  return typeof file === 'object' && file !== null && 'sha256' in file ? (file as unknown as FileFacts) : null
}

/** One of the values, or another one that was typed instead. */
export function settleCard(draft: string, card: ConflictCard, value: Json): Promise<void> {
  const { path, closes, standing } = card
  return settleConflicts(draft, closes, sameValue(value, standing.value) ? [] : [{ path, value, seen: standing.version }])
}

/** The deleted row comes back at the end of its table, with what was written in it. */
export async function bringRowBack(draft: string, card: ConflictCard): Promise<void> {
  const table = card.path.split('/')[0] ?? ''
  const place = await placeAtEnd(draft, table)
  const row = { path: card.path, value: { ...place }, seen: card.standing.version }
  await settleConflicts(draft, card.bringsBack, [row, ...card.cells.map(({ path, value }) => ({ path, value }))])
}

export const leaveDeleted = (draft: string, card: ConflictCard): Promise<void> => settleConflicts(draft, card.closes, [])
