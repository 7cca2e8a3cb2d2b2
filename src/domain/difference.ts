/** What changed between two texts, for people: the pieces in reading order, what went before what came in its place. */
export interface Piece {
  text: string
  kind: 'same' | 'removed' | 'added'
}

/** Cells of the table below, 8 MB: two texts of 2,000 characters fit. */
const MOST_CELLS = 4_000_000
const WORDS = /\p{Script=Latin}+|\p{N}+|\s+|[\s\S]/gu
/** A short number counts as one word; of a long one (a card, a phone) every digit does. */
const LONGEST_NUMBER = 8
const SENTENCES = /[^。！？；\n]*(?:[。！？；\n]+|$)/gu

/**
 * The difference by the longest common subsequence of words and Chinese characters. Texts too long for that are
 * compared by sentences, and beyond that as wholes. `same` and `removed` together are `before`, `same` and `added` `after`.
 */
export function differenceOf(before: string, after: string): Piece[] {
  if (before === after) return joined([{ text: before, kind: 'same' }])
  return (
    compared(words(before), words(after)) ??
    compared(split(before, SENTENCES), split(after, SENTENCES)) ??
    joined([{ text: before, kind: 'removed' }, { text: after, kind: 'added' }])
  )
}

const split = (text: string, units: RegExp) => (text.match(units) ?? []).filter((unit) => unit !== '')
const words = (text: string) =>
  split(text, WORDS).flatMap((unit) => (unit.length > LONGEST_NUMBER && /^\p{N}/u.test(unit) ? [...unit] : [unit]))

/** Null where the texts, without what they begin and end with alike, are too long to be compared. */
function compared(before: string[], after: string[]): Piece[] | null {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const [a, b] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  if (a.length * b.length > MOST_CELLS) return null
  const same = (units: string[]): Piece => ({ text: units.join(''), kind: 'same' })
  return tidied(joined([same(before.slice(0, start)), ...walk(a, b), same(end > 0 ? before.slice(-end) : [])]))
}

/** `lengths[i][j]`, flat: how much the rests of both from i and j have in common. */
function walk(a: string[], b: string[]): Piece[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pieces: Piece[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ text: a[i++] ?? '', kind: 'same' })
      j++
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) pieces.push({ text: a[i++] ?? '', kind: 'removed' })
    else pieces.push({ text: b[j++] ?? '', kind: 'added' })
  }
  return pieces
}

/** Neighbours of one kind as one piece; between two things that stayed, all that went stands before all that came. */
function joined(pieces: readonly Piece[]): Piece[] {
  const tidy: Piece[] = []
  let removed = ''
  let added = ''
  const change = () => {
    if (removed) tidy.push({ text: removed, kind: 'removed' })
    if (added) tidy.push({ text: added, kind: 'added' })
    removed = added = ''
  }
  for (const { text, kind } of pieces) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else if (text) {
      change()
      const last = tidy.at(-1)
      if (last?.kind === 'same') last.text += text
      else tidy.push({ text, kind })
    }
  }
  change()
  return tidy
}

/** A 的 that two other sentences happen to share only tears the marks apart: it counts as changed as well. */
function tidied(pieces: readonly Piece[]): Piece[] {
  const lengthAround = (i: number, step: 1 | -1) => {
    let length = 0
    for (let j = i + step; pieces[j] && pieces[j]?.kind !== 'same'; j += step) length += pieces[j]?.text.length ?? 0
    return length
  }
  return joined(
    pieces.flatMap((piece, i): Piece[] => {
      const { text, kind } = piece
      const torn = kind === 'same' && text.length <= 2 && Math.min(lengthAround(i, -1), lengthAround(i, 1)) > 2 * text.length
      return torn ? [{ text, kind: 'removed' }, { text, kind: 'added' }] : [piece]
    }),
  )
}
