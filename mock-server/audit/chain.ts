/** What is wrong with a chain of entries. Pure, so that it can be tried ten thousand times. */
import { hashOf, type Entry } from './entry'

export interface Head {
  seq: number
  hash: string
}
export interface Fault {
  chain: string
  seq: number
  fault: 'edited' | 'deleted' | 'swapped' | 'cut' | 'rewritten'
  /** For an operator. */
  words: string
}

const words: Record<Fault['fault'], string> = {
  edited: '被改过',
  deleted: '被删掉了',
  swapped: '和别的记录换了位置',
  cut: '末尾被截掉了：以前记下的链头已经不在',
  rewritten: '和以前记下的链头不一样：整条链被重写过',
}

/**
 * Every entry of one chain that isn't what it was.
 * @param entries in the order of `seq`
 * @param head kept elsewhere earlier: without one, a tail that was cut off or a chain that was written anew can't be found
 */
export function faultsIn(chain: string, entries: readonly Entry[], head?: Head): Fault[] {
  const found = new Map<number, Fault['fault']>()
  const note = (seq: number, fault: Fault['fault']) => found.has(seq) || found.set(seq, fault)
  const torn = entries.filter((entry) => !isWhole(entry))
  const places = new Set([...torn.map(({ seq }) => seq), ...gapsIn(entries)])
  for (const entry of torn) note(entry.seq, [...places].some((seq) => isWhole({ ...entry, seq })) ? 'swapped' : 'edited')
  for (const seq of gapsIn(entries)) note(seq, 'deleted')
  entries.forEach((entry, i) => {
    const before = entries[i - 1]
    if (found.has(entry.seq) || (before ? before.seq !== entry.seq - 1 : entry.seq !== 1)) return
    // Its own hash is right, but it doesn't name the one before: that one was edited together with its hash.
    if (entry.previous !== (before?.hash ?? '')) note(before?.seq ?? entry.seq, 'edited')
  })
  if (head) {
    const there = entries.find(({ seq }) => seq === head.seq)
    if (!there) note(head.seq, (entries.at(-1)?.seq ?? 0) < head.seq ? 'cut' : 'deleted')
    else if (there.hash !== head.hash) note(head.seq, 'rewritten')
  }
  return [...found].sort(([a], [b]) => a - b).map(([seq, fault]) => ({ chain, seq, fault, words: words[fault] }))
}

const isWhole = (entry: Entry) => hashOf(entry) === entry.hash

function gapsIn(entries: readonly Entry[]): number[] {
  const gaps: number[] = []
  let next = 1
  for (const { seq } of entries) {
    for (; next < seq; next++) gaps.push(next)
    next = seq + 1
  }
  return gaps
}
