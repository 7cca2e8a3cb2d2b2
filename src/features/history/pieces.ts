/** A difference as it is shown: the earlier text and the later one, each with its own marks. */
import { differenceOf, type Piece } from '../../domain/difference'

/** Characters of an unchanged stretch that stay beside a change. */
const NEAR = 18
/** Characters of a text that has nothing to be compared with. */
const ALONE = 120

export function sidesOf(before: string, after: string): { earlier: Piece[]; later: Piece[] } {
  if (!before || !after) return { earlier: alone(before), later: alone(after) }
  const pieces = shortened(differenceOf(before, after))
  return { earlier: pieces.filter(({ kind }) => kind !== 'added'), later: pieces.filter(({ kind }) => kind !== 'removed') }
}

const alone = (text: string): Piece[] => [{ kind: 'same', text: text.length > ALONE ? `${text.slice(0, ALONE)}……` : text }]

/** Of long stretches that are the same, only what stands next to a change: a report has thousands of characters. */
function shortened(pieces: readonly Piece[]): Piece[] {
  if (pieces.length < 2) return [...pieces]
  return pieces.map((piece, i) => {
    const letters = [...piece.text]
    const [head, tail] = [i === 0 ? 0 : NEAR, i === pieces.length - 1 ? 0 : NEAR]
    if (piece.kind !== 'same' || letters.length <= head + tail + NEAR) return piece
    const [first, last] = [letters.slice(0, head).join(''), tail > 0 ? letters.slice(-tail).join('') : '']
    return { kind: 'same', text: `${first}……${last}` }
  })
}
