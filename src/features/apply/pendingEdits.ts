import { computed, ref, shallowReactive, type Ref } from 'vue'
import type { Json } from '../../domain/sync'
import { sentenceOf } from '../../data/failure'
import { registerFlush } from '../../data/flush'
import { write } from '../../data/write'

/** On disk at the latest 300 ms after a change: the timer starts with the first one and isn't pushed back by the next. */
const SAVE_AFTER = 200
/** How long a saved value stands in front of the live one, which follows within a few ms. */
const ECHO = 1500
/** A save that takes this long is said in red, whatever becomes of it. */
const SLOW = 5000
/** After a failure: 1, 2, 4 … 30 s. */
const AGAIN = 1000
const LONGEST = 30_000

export interface PendingEdits {
  /** Path → what was typed; saved ones stand here a moment longer, until the tables have caught up. */
  readonly typed: ReadonlyMap<string, { value: Json; saved: boolean }>
  readonly unsaved: Readonly<Ref<boolean>>
  /** A sentence while something could not be saved. */
  readonly trouble: Ref<string>
  /** @param seen the version that stood on the screen, where it is known */
  edit(path: string, value: Json, seen?: number): void
  /** Writes what is not on disk; rejects when that fails, keeps the text and tries again by itself. */
  flush(): Promise<void>
}

const all = new Map<string, PendingEdits>()

/** What is typed in a draft and not on disk yet. It outlives the page it was typed on: it ends when it is on disk. */
export function pendingEdits(draft: string): PendingEdits {
  const found = all.get(draft)
  if (found) return found
  const made = hold(draft)
  all.set(draft, made)
  registerFlush(made.flush)
  return made
}

interface Typed {
  value: Json
  saved: boolean
  /** The version that its user had before their eyes when they began: what arrives while they type was not seen. */
  seen: number | undefined
}

function hold(draft: string): PendingEdits {
  const typed = shallowReactive(new Map<string, Typed>())
  const trouble = ref('')
  const unsaved = computed(() => [...typed.values()].some(({ saved }) => !saved))
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let queue = Promise.resolve()

  const quietly = () => void flush().catch(() => undefined)

  function edit(path: string, value: Json, seen?: number): void {
    // While it stands in front of what is stored, its user sees nothing else.
    typed.set(path, { value, saved: false, seen: typed.get(path)?.seen ?? seen })
    timer ??= setTimeout(quietly, SAVE_AFTER)
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const saving = queue.then(save)
    queue = saving.catch(() => undefined)
    return saving
  }

  async function save(): Promise<void> {
    const entries = [...typed].filter(([, { saved }]) => !saved)
    const slow = setTimeout(() => (trouble.value = '手机存得很慢，还在存。内容没有丢，请先不要关掉应用。'), SLOW)
    try {
      await write(
        draft,
        entries.map(([path, { value, seen }]) => ({ path, value, ...(seen === undefined ? {} : { seen }) })),
      )
    } catch (reason) {
      trouble.value = sentenceOf(reason)
      timer ??= setTimeout(quietly, Math.min(LONGEST, AGAIN * 2 ** failures++))
      throw reason
    } finally {
      clearTimeout(slow)
    }
    trouble.value = ''
    failures = 0
    for (const [path, entry] of entries) settle(path, entry)
  }

  function settle(path: string, entry: Typed): void {
    if (typed.get(path) !== entry) return
    const saved = { ...entry, saved: true }
    typed.set(path, saved)
    setTimeout(() => typed.get(path) === saved && typed.delete(path), ECHO)
  }

  // Back in front, a phone has its connection again; and nobody leaves unasked while words are on the screen only.
  document.addEventListener('visibilitychange', () => failures > 0 && document.visibilityState === 'visible' && quietly())
  addEventListener('beforeunload', (event) => failures > 0 && unsaved.value && event.preventDefault())
  return { typed, unsaved, trouble, edit, flush }
}
