import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import { rowOf, sameValue, type Json } from '../../domain/sync'
import type { AnyAnswers } from '../../domain/answers'
import { sentenceOf } from '../../data/failure'
import { useLive } from '../../data/live'
import { readDraft } from '../../data/read'
import { pendingEdits } from './pendingEdits'

/**
 * One draft under somebody's hands: what is typed stands in front of what is stored until the store has caught up.
 * A failed save keeps the text, says so in `trouble`, and is tried again by itself (pendingEdits.ts).
 */
export function useDraftEditing(draft: () => string) {
  const { value: view, loaded, fault } = useLive(() => readDraft(draft()), null, draft)
  const pending = computed(() => pendingEdits(draft()))
  const unsaved = computed(() => pending.value.unsaved.value)
  const trouble = computed(() => pending.value.trouble.value)
  /** Rows that are on the screen and on their way to the disk, as `table/id`. */
  const coming = shallowReactive(new Set<string>())
  const answers = computed<AnyAnswers>(() => overlay(withRows(view.value?.answers ?? {}, coming), pending.value.typed))

  const edit = (path: string, value: unknown) =>
    pending.value.edit(path, (value ?? null) as Json, view.value ? (view.value.versions.get(path) ?? 0) : undefined)
  const flush = () => pending.value.flush()

  /** A new row is drawn at once; it leaves the screen again when it can't be written. */
  async function addRowAtOnce(table: string): Promise<void> {
    const id = crypto.randomUUID()
    const path = `${table}/${id}`
    const said = pending.value.trouble
    coming.add(path)
    try {
      // Loaded with the table itself; a step without tables does without it.
      const { addRow } = await import('../../data/rows')
      await addRow(draft(), table, {}, id)
      said.value = ''
    } catch (reason) {
      coming.delete(path)
      said.value = sentenceOf(reason)
    }
  }

  // Once stored, a row is the tables' business: deleting it must not bring it back from here.
  watch(view, (now) => {
    for (const path of coming) if (hasRow(now?.answers ?? {}, path)) coming.delete(path)
  })
  onScopeDispose(() => void flush().catch(() => undefined))
  return { view, loaded, fault, answers, edit, addRow: addRowAtOnce, flush, unsaved, trouble }
}

/** The stored answers with the rows that are coming, each once. */
function withRows(stored: AnyAnswers, coming: ReadonlySet<string>): AnyAnswers {
  if (coming.size === 0) return stored
  const answers = { ...stored }
  for (const path of coming) {
    const [table = '', id] = path.split('/')
    if (!hasRow(stored, path)) answers[table] = [...((answers[table] as unknown[] | undefined) ?? []), { id }]
  }
  return answers
}

function hasRow(answers: AnyAnswers, path: string): boolean {
  const [table = '', id] = path.split('/')
  return ((answers[table] as { id?: string }[] | undefined) ?? []).some((row) => row.id === id)
}

/** The stored answers with the typed ones in their places; untouched parts stay the same objects. */
function overlay(stored: AnyAnswers, typed: ReadonlyMap<string, { value: Json }>): AnyAnswers {
  if (typed.size === 0) return stored
  const answers = { ...stored }
  for (const [path, { value }] of typed) {
    const [name = '', row, column] = path.split('/')
    if (rowOf(path) && row && column) answers[name] = withCell(answers[name], row, column, value)
    else if (row === undefined && !sameValue(answers[name] as Json, value)) answers[name] = value ?? undefined
  }
  return answers
}

function withCell(rows: unknown, row: string, column: string, value: Json): unknown {
  if (!Array.isArray(rows)) return rows
  return rows.map((one: AnyAnswers) => (one.id === row && !sameValue(one[column] as Json, value) ? { ...one, [column]: value ?? undefined } : one))
}
