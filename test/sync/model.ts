/** What people did and what they saw while they did it: the only thing that a history is judged by. */
import { isEmpty } from '../../src/domain/forms/kinds'
import type { Receipt } from '../../src/domain/submission'
import type { Json } from '../../src/domain/sync'

export interface Edit {
  value: Json
  /** What stood on the screen when it was made, by key; several where equal values were made more than once. */
  seen: Set<string>
  /** The phone that it was made on. */
  device: string
  /** The write was confirmed: 已存本机. */
  saved: boolean
  /** The write was refused with an error: then nothing of it may be found anywhere. */
  failed: boolean
  /** What its user threw away themselves, e.g. with the browser's data. */
  given: boolean
  step: number
}

export interface Choice {
  /** Key of the refused value that was seen. */
  mine: string
  /** What stood on the screen beside it. */
  theirs: string
  /** Its row was deleted by then. */
  rowGone: boolean
  keep: 'mine' | 'theirs'
  device: string
  saved: boolean
  given: boolean
}

/** Equal answers have one key; empty ones too. */
export function keyOf(value: Json | undefined): string {
  return isEmpty(value) ? '∅' : JSON.stringify(value, (_, one: unknown) => (isPlain(one) ? sorted(one) : one))
}
const isPlain = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null && !Array.isArray(one)
const sorted = (one: Record<string, unknown>) => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))

export class Model {
  /** `draft path` → key of value → what is known of it. */
  readonly edits = new Map<string, Map<string, Edit>>()
  /** What people decided about conflicts, by the conflict's id. */
  readonly choices = new Map<string, Choice[]>()
  /** Receipts that phones have stored. */
  readonly receipts: Receipt[] = []
  /** What a step itself found to be wrong. */
  readonly broken: string[] = []
  /** Draft → the account it belongs to; null while a guest has it. */
  readonly owners = new Map<string, string | null>()

  note(draft: string, path: string, value: Json, seen: Json | undefined, device: string, step: number): Edit {
    const place = `${draft} ${path}`
    const edits = this.edits.get(place) ?? new Map<string, Edit>()
    this.edits.set(place, edits)
    const key = keyOf(value)
    const edit = edits.get(key) ?? { value, seen: new Set<string>(), device, saved: false, failed: false, given: false, step }
    edits.set(key, edit)
    edit.seen.add(keyOf(seen))
    return edit
  }

  /** Every value that its author knew of, directly or through those it was built upon. */
  ancestors(draft: string, path: string, key: string): Set<string> {
    const edits = this.edits.get(`${draft} ${path}`)
    const found = new Set<string>()
    const follow = (one: string) => {
      for (const before of edits?.get(one)?.seen ?? []) {
        if (found.has(before)) continue
        found.add(before)
        follow(before)
      }
    }
    follow(key)
    return found
  }
}
