/** Papers of running text: a title, headings, paragraphs, and the place for the seal. */
import { BLANK_DATE, paragraph } from './cells'
import type { Paragraph } from './grid'
import type { Answer } from './reader'
import { paragraphsIn } from './text'

/** 小四 */
const SIZE = 12

export function titleLines(...lines: string[]): Paragraph[] {
  return lines.map((text, i) =>
    paragraph(text, { face: 'hei', size: 22, bold: true, align: 'center', heading: 1, after: i === lines.length - 1 ? 10 : 3 }),
  )
}

export function headingLine(text: string): Paragraph {
  return paragraph(text, { face: 'hei', size: 14, before: 4, after: 2, heading: 2, keepNext: true })
}

/** A long answer's paragraphs; an empty one leaves an empty line that knows its field. */
export function body({ text, field, missing }: Answer): Paragraph[] {
  const lines = paragraphsIn(text)
  return (lines.length > 0 ? lines : ['']).map((line) =>
    paragraph(line, { size: SIZE, align: 'justify', indent: true, leading: 1.2, field, missing }),
  )
}

/** Where the unit seals and dates by hand, kept together on one page. */
export function sealLines(text: string): Paragraph[] {
  return [
    paragraph(text, { size: SIZE, align: 'right', before: 12, after: 4, inset: 12, keepNext: true }),
    paragraph(BLANK_DATE, { size: SIZE, align: 'right', inset: 12 }),
  ]
}
