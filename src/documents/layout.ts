/** From rows of cells with widths to one table: Word and HTML want columns and spans. */
import type { Cell, Table, TableRow } from './grid'

/** A cell before its table is known; `rowSpan` is 1 when absent. */
export type Draft = Omit<Cell, 'colSpan' | 'rowSpan'> & { rowSpan?: number }
export type DraftRow = Partial<Pick<TableRow, 'height' | 'splits' | 'keepNext'>> & { cells: Draft[] }

/** Millimetres of a row with one line of text. */
export const ROW_HEIGHT = 10

/**
 * Lays the rows under each other; every edge of a cell becomes an edge of a column.
 * @throws RangeError when a row's cells, with those that reach into it from above, don't fill the table's width.
 */
export function tableOf(rows: DraftRow[], lines: Table['lines'] = 'all'): Table {
  const placed = place(rows)
  const edges = [...new Set(placed.flat().flatMap(({ left, right }) => [left, right]))].sort((a, b) => a - b)
  return {
    kind: 'table',
    lines,
    columns: edges.slice(1).map((edge, i) => edge - (edges[i] ?? 0)),
    rows: rows.map(({ cells, height = ROW_HEIGHT, splits = isTall(cells), keepNext = false }, i) => ({
      height,
      splits,
      keepNext,
      cells: (placed[i] ?? []).map(({ cell, left, right }) => ({
        ...cell,
        rowSpan: cell.rowSpan ?? 1,
        colSpan: edges.indexOf(right) - edges.indexOf(left),
      })),
    })),
  }
}

interface Placed {
  cell: Draft
  left: number
  right: number
}

function place(rows: DraftRow[]): Placed[][] {
  const total = widthOf(rows[0]?.cells ?? [])
  let reaching: (Placed & { rows: number })[] = []
  return rows.map(({ cells }, index) => {
    let at = 0
    const skip = () => {
      for (let over = from(at); over; over = from(at)) at = over.right
    }
    const from = (left: number) => reaching.find((one) => one.left === left)
    const row = cells.map((cell) => {
      skip()
      const left = at
      at += cell.width
      return { cell, left, right: at }
    })
    skip()
    if (at !== total) throw new RangeError(`Row ${index + 1} is ${at} mm wide, not ${total}`)
    reaching = [
      ...reaching.map((one) => ({ ...one, rows: one.rows - 1 })),
      ...row.map((one) => ({ ...one, rows: (one.cell.rowSpan ?? 1) - 1 })),
    ].filter((one) => one.rows > 0)
    return row
  })
}

// A row that fills a page must split: LibreOffice cuts off what doesn't fit.
function isTall(cells: Draft[]): boolean {
  return cells.some(({ paragraphs }) => paragraphs.reduce((sum, { text }) => sum + text.length, 0) > 400)
}

function widthOf(cells: Draft[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}
