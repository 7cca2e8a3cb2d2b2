/** Finds things in a paper's grid the way a reader does: by their labels. */
import type { Cell, Paper } from '../../src/documents/grid'

export const cellsOf = (paper: Paper): Cell[][] =>
  paper.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map(({ cells }) => cells) : [])),
  )

export const textOf = (cell: Cell) => cell.paragraphs.map(({ text }) => text).join('\n')

/** All words of a paper, for "this must (not) be printed". */
export const wordsOf = (paper: Paper) =>
  paper.sections
    .flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flatMap(({ cells }) => cells.map(textOf)) : [block.text])),
    )
    .join('\n')

/** The cell right of a label. @throws when the paper has no such label. */
export function beside(paper: Paper, label: string): Cell {
  for (const row of cellsOf(paper)) {
    const at = row.findIndex((cell) => cell.label === label)
    const found = row[at + 1]
    if (at >= 0 && found) return found
  }
  throw new Error(`No label ${label}`)
}
