import { computed, onScopeDispose, ref, shallowReactive, watch } from 'vue'
import { rowOf, sameValue, type Json } from '../../domain/sync'
import type { AnyAnswers } from '../../domain/answers'
import { sentenceOf } from '../../data/failure'
import { registerFlush } from '../../data/flush'
import { useLive } from '../../data/live'
import { readDraft } from '../../data/read'
import { write } from '../../data/write'

/** On disk at the latest 300 ms after a change: the timer starts with the first one and isn't pushed back by the next. */
const SAVE_AFTER = 200
/** How long a saved value stands in front of the live one, which follows within a few ms. */
const ECHO = 1500

/**
 * One draft under somebody's hands: what is typed stands in front of what is stored until the store has caught up.
 * A failed save keeps the text and says so in `trouble`; it is tried again with the next change or flush.
 */
export function useDraftEditing(draft: () => string) {
  const { value: view, loaded, fault } = useLive(() => readDraft(draft()), null, draft)
  const typed = shallowReactive(new Map<string, { value: Json; saved: boolean }>())
  const trouble = ref('')
  const unsaved = computed(() => [...typed.values()].some(({ saved }) => !saved))
  /** Rows that are on the screen and on their way to the disk, as `table/id`. */
  const coming = shallowReactive(new Set<string>())
  const answers = computed<AnyAnswers>(() => overlay(withRows(view.value?.answers ?? {}, coming), typed))
  let timer: ReturnType<typeof setTimeout> | undefined
  let queue = Promise.resolve()

  function edit(path: string, value: unknown): void {
    typed.set(path, { value: (value ?? null) as Json, saved: false })
    timer ??= setTimeout(() => void flush().catch(() => undefined), SAVE_AFTER)
  }

  /** A new row is drawn at once; it leaves the screen again when it can't be written. */
  async function addRowAtOnce(table: string): Promise<void> {
    const id = crypto.randomUUID()
    const path = `${table}/${id}`
    coming.add(path)
    try {
      // Loaded with the table itself; a step without tables does without it.
      const { addRow } = await import('../../data/rows')
      await addRow(draft(), table, {}, id)
      trouble.value = ''
    } catch (reason) {
      coming.delete(path)
      trouble.value = sentenceOf(reason)
    }
  }

  // Once stored, a row is the tables' business: deleting it must not bring it back from here.
  watch(view, (now) => {
    for (const path of coming) if (hasRow(now?.answers ?? {}, path)) coming.delete(path)
  })

  /** Writes what is not on disk; rejects when that fails, and keeps the text. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const saving = queue.then(async () => {
      const entries = [...typed].filter(([, { saved }]) => !saved)
      try {
        await write(
          draft(),
          entries.map(([path, { value }]) => ({ path, value })),
        )
      } catch (reason) {
        trouble.value = sentenceOf(reason)
        throw reason
      }
      trouble.value = ''
      for (const [path, entry] of entries) settle(path, entry)
    })
    queue = saving.catch(() => undefined)
    return saving
  }

  function settle(path: string, entry: { value: Json }): void {
    if (typed.get(path) !== entry) return
    const saved = { value: entry.value, saved: true }
    typed.set(path, saved)
    setTimeout(() => typed.get(path) === saved && typed.delete(path), ECHO)
  }

  const leave = registerFlush(flush)
  onScopeDispose(() => void flush().catch(() => undefined).finally(leave))
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
