/**
 * A paper as plain data, before it becomes DOCX bytes or a preview on the screen. Lengths are millimetres, type
 * sizes are points. Whoever draws it decides how a missing answer looks: paper leaves it blank, as the official
 * form does; the preview marks it and jumps to its field.
 */

export type Align = 'left' | 'center' | 'right' | 'justify' | 'distribute'
/** 黑体 for titles and headings, 宋体 for all else. */
export type Face = 'song' | 'hei'

export interface Paragraph {
  kind: 'paragraph'
  text: string
  align?: Align
  face?: Face
  /** Points; 10.5 (五号) when absent. */
  size?: number
  bold?: boolean
  /** First line set in by two characters, as running Chinese text is. */
  indent?: boolean
  /** Line height as a multiple of `LINE` × size; 1 when absent. Fixed, so that pages break alike with every font. */
  leading?: number
  /** Millimetres that the right edge is set in. */
  inset?: number
  /** Millimetres of space above and below. */
  before?: number
  after?: number
  /** Stays on the page of what follows. */
  keepNext?: boolean
  /** The level of a heading, for screen readers and Word's outline. */
  heading?: 1 | 2
  /** An answer that stands in running text: its path, as in `domain/sync`. */
  field?: string
  missing?: boolean
}

export interface Picture {
  bytes: Uint8Array
  type: 'jpg' | 'png'
  /** As printed, in millimetres. */
  width: number
  height: number
  alt: string
}

export interface Cell {
  paragraphs: Paragraph[]
  /** Columns and rows that it covers, at least 1. */
  colSpan: number
  rowSpan: number
  /** Millimetres; the columns it covers, taken together. */
  width: number
  vertical: 'top' | 'center' | 'bottom'
  /** A label of the form; its official wording in one piece stands in `label`. */
  heading: boolean
  label?: string
  /** The path of the answer in this cell (`employer`, `members/<row>/age`): for marks and jumps. */
  field?: string
  /** A required answer isn't there yet. */
  missing: boolean
  picture?: Picture
}

export interface TableRow {
  cells: Cell[]
  /** Millimetres at least. */
  height: number
  /** Whether it may run on over a page's end. */
  splits: boolean
  /** Stays on the page of the next row. */
  keepNext: boolean
}

export interface Table {
  kind: 'table'
  /** Widths in millimetres. */
  columns: number[]
  rows: TableRow[]
  /** all: a full grid; answers: a line under each answer, as on covers. */
  lines: 'all' | 'answers'
}

export type Block = Paragraph | Table

/** Begins on a page of its own. */
export interface Section {
  id: 'cover' | 'form' | 'opinions' | 'text'
  blocks: Block[]
}

export interface Footer {
  title: string
  printCode: string
  demonstration: boolean
}

export type PaperId = 'annex1' | 'report' | 'annex2' | 'dossier'

export interface Paper {
  id: PaperId
  /** What people call it, e.g. 附件1 无锡市技能大师工作室申报表. */
  title: string
  /** Fit for every file system, with its ending. */
  fileName: string
  /** The slot that takes its signed and sealed pages back. */
  sealedSlot: string
  sections: Section[]
  footer: Footer
}

/** A single line's height as a multiple of the type size. */
export const LINE = 1.3

/** A4 with equal margins; tables fill the width between them. */
export const PAGE = { width: 210, height: 297, margin: 25, footer: 12 } as const
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin

/** The footer's words but for the page numbers, which only the drawn page knows. */
export function footerText({ title, printCode, demonstration }: Footer): string {
  return [title, `打印码 ${printCode}`, ...(demonstration ? ['演示批次'] : [])].join('　')
}

/** The fields of a paper's missing answers in printed order, each once. */
export function missingFields(paper: Paper): string[] {
  const places: { field?: string; missing?: boolean }[] = paper.sections.flatMap(({ blocks }) =>
    blocks.flatMap<Paragraph | Cell>((block) => (block.kind === 'table' ? block.rows.flatMap(({ cells }) => cells) : [block])),
  )
  return [...new Set(places.flatMap(({ missing, field }) => (missing && field ? [field] : [])))]
}
