/** Paragraphs and tables of the grid as docx objects. The package comes as an argument: it is loaded when needed. */
import type { IBorderOptions, Paragraph as DocxParagraph, Table as DocxTable, TableCell as DocxCell } from 'docx'
import { LINE, type Align, type Block, type Cell, type Paragraph, type Table, type TableRow } from '../grid'
import { BODY_SIZE, pixels, runStyle, twips } from './styles'

export type Docx = typeof import('docx')

/** As good as no line: Word wants a paragraph between tables, and after the last one. */
export function hairline(docx: Docx, pageBreakBefore: boolean): DocxParagraph {
  return new docx.Paragraph({ pageBreakBefore, spacing: { line: 20, lineRule: 'exact' }, run: { size: 2 } })
}

export function blockOf(docx: Docx, block: Block): DocxParagraph | DocxTable {
  return block.kind === 'table' ? tableOf(docx, block) : paragraphOf(docx, block)
}

const alignments = {
  left: 'left',
  center: 'center',
  right: 'right',
  justify: 'both',
  distribute: 'distribute',
} as const satisfies Record<Align, string>

export function paragraphOf(docx: Docx, paragraph: Paragraph): DocxParagraph {
  const { text, align = 'left', size = BODY_SIZE, indent = false, leading = 1, before = 0, after = 0, inset = 0 } = paragraph
  return new docx.Paragraph({
    alignment: alignments[align],
    // A point is 20 twips.
    spacing: { before: twips(before), after: twips(after), line: Math.round(size * LINE * leading * 20), lineRule: 'exact' },
    indent: { firstLine: indent ? Math.round(size * 2 * 20) : undefined, right: twips(inset) },
    keepNext: paragraph.keepNext,
    outlineLevel: paragraph.heading === undefined ? undefined : paragraph.heading - 1,
    run: runStyle(paragraph),
    children: text === '' ? [] : [new docx.TextRun({ ...runStyle(paragraph), text })],
  })
}

function tableOf(docx: Docx, table: Table): DocxTable {
  const columns = table.columns.map(twips)
  return new docx.Table({
    alignment: 'center',
    layout: docx.TableLayoutType.FIXED,
    width: { size: columns.reduce((sum, width) => sum + width, 0), type: docx.WidthType.DXA },
    columnWidths: columns,
    margins: { left: twips(1.5), right: twips(1.5), top: twips(1), bottom: twips(1), marginUnitType: docx.WidthType.DXA },
    rows: table.rows.map((row) => rowOf(docx, row, table.lines)),
  })
}

function rowOf(docx: Docx, row: TableRow, lines: Table['lines']) {
  return new docx.TableRow({
    cantSplit: !row.splits || undefined,
    keepNext: row.keepNext || undefined,
    height: { value: twips(row.height), rule: docx.HeightRule.ATLEAST },
    children: row.cells.map((cell) => cellOf(docx, cell, lines)),
  })
}

function cellOf(docx: Docx, cell: Cell, lines: Table['lines']): DocxCell {
  return new docx.TableCell({
    columnSpan: cell.colSpan,
    rowSpan: cell.rowSpan,
    width: { size: twips(cell.width), type: docx.WidthType.DXA },
    verticalAlign: cell.vertical,
    borders: bordersOf(cell, lines),
    children: cell.picture ? [pictureOf(docx, cell)] : cell.paragraphs.map((paragraph) => paragraphOf(docx, paragraph)),
  })
}

const line: IBorderOptions = { style: 'single', size: 4, color: '000000' }
const none: IBorderOptions = { style: 'nil', size: 0, color: 'auto' }

function bordersOf({ heading }: Cell, lines: Table['lines']) {
  if (lines === 'all') return { top: line, bottom: line, left: line, right: line }
  return { top: none, bottom: heading ? none : line, left: none, right: none }
}

function pictureOf(docx: Docx, { picture }: Cell): DocxParagraph {
  if (!picture) return new docx.Paragraph('')
  const { type, bytes: data, width, height, alt } = picture
  const transformation = { width: pixels(width), height: pixels(height) }
  const image = new docx.ImageRun({ type, data, transformation, altText: { name: alt, description: alt, title: alt } })
  return new docx.Paragraph({ alignment: 'center', children: [image] })
}
