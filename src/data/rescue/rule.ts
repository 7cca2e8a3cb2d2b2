/**
 * What an import does to each register: docs/decisions/0008-rescue-import.md. A rule over plain values, so that it can be
 * read and tested by itself.
 */
import { rowOf, sameValue, type Register } from '../../domain/sync'
import type { PackageContent, PackedVersion } from './content'

/** A register as it stands on this phone. */
export interface Standing extends Register {
  /** The server has not got it: it waits, stands aside, or was never sent. */
  unsent: boolean
}

export interface Import {
  content: Pick<PackageContent, 'registers' | 'pending'>
  /** Path → what stands here. */
  here: ReadonlyMap<string, Standing>
  /** Whether an edit (path and time) was decided upon by an earlier import. */
  taken: (path: string, at: string) => boolean
  /** Versions count in the same life of the server; of another one they say nothing. */
  sameLife: boolean
  /** ms */
  now: number
}

export interface Decision {
  /** Edits, each with the version that its author had seen: the server's merge has the last word. */
  enter: { register: Register; base: number }[]
  /** What the server has already given out; only this phone did not know it. */
  cache: Register[]
  /** What would have stood here and gave way; what stood gives way in `enter`, which keeps it by itself. */
  versions: PackedVersion[]
  /** Path → time of every edit that was decided upon now. */
  took: Record<string, string>
}

export function decide({ content, here, taken, sameLife, now }: Import): Decision {
  const bases = new Map(content.pending.map(({ path, base }) => [path, base]))
  const decision: Decision = { enter: [], cache: [], versions: [], took: Object.create(null) as Record<string, string> }
  for (const there of content.registers) {
    // Whether a draft is in the bin is about that phone; who opens a package wants the draft.
    if (there.path === '$deleted') continue
    const mine = here.get(there.path)
    const base = sameLife ? bases.get(there.path) : 0
    if (base === undefined) {
      const news = !mine || (!mine.unsent && there.version > mine.version)
      if (!news || (mine && sameValue(mine.value, there.value))) continue
      decision.cache.push(there)
      continue
    }
    if (taken(there.path, there.at)) continue
    decision.took[there.path] = there.at
    if (!mine) decision.enter.push({ register: there, base })
    else if (sameValue(mine.value, there.value)) continue
    else if (wins(there, mine, here))
      decision.enter.push({ register: there, base: base < mine.version ? neverSeen(there.path, here) : base })
    // It never stood here: since and until are one instant, which no moment of the draft falls into.
    else decision.versions.push({ ...there, since: now, until: now })
  }
  return decision
}

/** Whether an edit of the package takes the place of what stands here, until the server has spoken. */
function wins(there: Register, mine: Standing, here: Import['here']): boolean {
  const isRow = there.path.split('/').length === 2
  // Nothing deleted comes back unasked, and nothing written later goes with a row that was deleted before.
  if (isRow && mine.value === null) return false
  const cells = () => [...here.values()].filter(({ path }) => rowOf(path) === there.path)
  if (isRow && there.value === null && cells().some((cell) => later(cell, there))) return false
  return mine.unsent ? later(there, mine) : true
}

/**
 * The base of an edit whose author had not seen what this phone has: the server must find a conflict, also where this
 * phone's own edit stands there on the same base (edits of one device on one base count as one author's). So it carries a
 * version that this path never had: that of the draft's first register.
 */
const neverSeen = (path: string, here: Import['here']) => (path === '$draft' ? 0 : (here.get('$draft')?.version ?? 0))

const later = (a: { at: string }, b: { at: string }) => Date.parse(a.at) > Date.parse(b.at)
