/** What stood in a draft and when: a phone's own record of it, made fuller by the server's. No clock is read here. */
import type { Form } from './forms/kinds'
import { parsePath, rowOf, sameValue, type Json, type Register } from './sync'

/** A value that stands or stood in a register on this phone. Times are ms of the phone's clock. */
export interface Standing {
  path: string
  value: Json
  /** Shown name of its author; empty for a guest. */
  by: string
  /** When it was written; by the server's clock where that was elsewhere. */
  at: number
  /** From when until when it stood here; Infinity: it does now. */
  since: number
  until: number
  /** It came from another phone or another person. */
  elsewhere: boolean
  version: number
}

/** GET /api/drafts/:id/history: versions of the draft's registers, latest first. */
export interface HistoryPage {
  versions: Register[]
  /** There are earlier ones. */
  more: boolean
}

/** A state of the whole draft: what stood on this phone at an instant, or on the server at a version. */
export type Point = { on: 'phone'; at: number } | { on: 'server'; version: number }

export interface Change {
  path: string
  before: Json
  after: Json
  by: string
  /** ms, the phone's clock: when it was made, or came here. */
  when: number
  /** When its author made it, where that is another time. */
  written: number
  /** It came to this phone from another one; unknown where only the server has it. */
  elsewhere?: boolean
  /** The draft right after it. */
  point: Point
}

/** Path → what stood there on this phone at an instant. Of two values of one instant the later one counts. */
export function standingAt(standings: readonly Standing[], at: number): Map<string, Json> {
  const latest = new Map<string, Standing>()
  const open = new Set<string>()
  for (const one of standings) {
    if (one.until === Infinity) open.add(one.path)
    const known = latest.get(one.path)
    if (one.since <= at && (!known || one.since > known.since || (one.since === known.since && one.until > known.until)))
      latest.set(one.path, one)
  }
  // A gap between two values is typing that nobody kept; after the last one nothing stands.
  const stood = [...latest].filter(([path, { until }]) => until > at || open.has(path))
  return new Map(stood.map(([path, { value }]) => [path, value]))
}

/** ms: for a phone's clock and the server's to differ by, once that is corrected for. */
const TOLERANCE = 120_000
/** ms in which a draft that comes from elsewhere arrives with all that it has. */
const ARRIVAL = 60_000

/**
 * Every change that is known, latest first. What the server has is added where it never stood here with that value.
 * @param ahead the server's clock less the phone's, ms
 */
export function changesOf(standings: readonly Standing[], served: readonly Register[], ahead: number): Change[] {
  const [first] = [...standings].sort((a, b) => a.since - b.since)
  /** ms; before it, what is here came with the draft itself. A draft that was begun here never arrived. */
  const arrived = first?.elsewhere ? first.since + ARRIVAL : -Infinity
  const paths = new Map<string, { here: Standing[]; events: Event[] }>()
  const at = (path: string) => {
    const found = paths.get(path) ?? { here: [], events: [] }
    paths.set(path, found)
    return found
  }
  for (const one of standings) {
    const { here, events } = at(one.path)
    here.push(one)
    // What came with the draft has its time from the server.
    const came = one.elsewhere && one.since <= arrived
    const written = one.elsewhere ? one.at - ahead : one.at
    const point: Point = came ? { on: 'server', version: one.version } : { on: 'phone', at: one.since }
    const when = one.elsewhere && !came ? one.since : written
    events.push({ value: one.value, by: one.by, when, written, elsewhere: one.elsewhere, point })
  }
  for (const { path, value, version, by, at: iso } of served) {
    const when = Date.parse(iso) - ahead
    const { here, events } = at(path)
    const known = here.some(
      (one) =>
        sameValue(one.value, value) &&
        (one.version === version || (one.since - TOLERANCE <= when && when <= one.until + TOLERANCE)),
    )
    if (!known) events.push({ value, by, when, written: when, point: { on: 'server', version } })
  }
  return [...paths].flatMap(([path, { events }]) => stepsOf(path, events)).sort((a, b) => b.when - a.when)
}

type Event = Omit<Change, 'path' | 'before' | 'after'> & { value: Json }

function stepsOf(path: string, events: readonly Event[]): Change[] {
  let before: Json = null
  return [...events]
    .sort((a, b) => a.when - b.when)
    .flatMap(({ value, ...rest }) => {
      const step = { path, before, after: value, ...rest }
      before = value
      return sameValue(step.before, value) ? [] : [step]
    })
}

export interface Checkpoint {
  at: number
  why: 'merge' | 'other-person' | 'copy' | 'restore' | 'import'
}
export type Moment = { key: string; when: number; point: Point } & (
  | { kind: 'changes'; by: string; elsewhere?: boolean | undefined; changes: Change[] }
  | { kind: 'checkpoint'; why: Checkpoint['why'] }
)

/** ms of one person's changes that are told as one. */
const TOGETHER = 10 * 60_000

/** The list by time, latest first: checkpoints, and between them what one person changed in ten minutes. */
export function momentsOf(changes: readonly Change[], checkpoints: readonly Checkpoint[]): Moment[] {
  const marks = checkpoints.map(({ at, why }): Moment => ({
    kind: 'checkpoint',
    key: `${why} ${at}`,
    when: at,
    why,
    point: { on: 'phone', at },
  }))
  const single = changes.map((change): Moment => {
    const { by, when, point, path, elsewhere } = change
    return { kind: 'changes', key: `${path} ${when}`, when, by, elsewhere, changes: [change], point }
  })
  const moments: Moment[] = []
  for (const one of [...single, ...marks].sort((a, b) => b.when - a.when)) {
    const last = moments.at(-1)
    if (last?.kind === 'changes' && one.kind === 'changes' && belongs(last, one)) {
      last.changes.push(...one.changes)
      last.point = later(last.point, one.point)
    } else moments.push(one)
  }
  return moments
}

const belongs = (a: Moment & { kind: 'changes' }, b: Moment & { kind: 'changes' }) =>
  a.by === b.by && a.elsewhere === b.elsewhere && a.point.on === b.point.on && a.when - b.when <= TOGETHER

function later(a: Point, b: Point): Point {
  if (a.on === 'phone' && b.on === 'phone') return { on: 'phone', at: Math.max(a.at, b.at) }
  return a.on === 'server' && b.on === 'server' ? { on: 'server', version: Math.max(a.version, b.version) } : a
}

/**
 * The edits that bring a draft from one state to another. The draft's own registers stay, but for its name: a consent or
 * a print is a fact that happened. Cells go with their row; what this form doesn't know is left alone.
 */
export function editsTowards(
  form: Form,
  now: ReadonlyMap<string, Json>,
  then: ReadonlyMap<string, Json>,
): { path: string; value: Json }[] {
  return [...new Set([...now.keys(), ...then.keys()])].flatMap((path) => {
    const known = parsePath(form, path)
    if (!known || (known.at === 'draft' && known.name !== '$title')) return []
    if (known.at === 'cell' && !then.get(rowOf(path) ?? '')) return []
    const value = then.get(path) ?? null
    return sameValue(now.get(path), value) ? [] : [{ path, value }]
  })
}
