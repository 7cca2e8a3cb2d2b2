/** The cells that both annexes are made of. Widths in millimetres. */
import type { Paragraph } from './grid'
import type { Draft, DraftRow } from './layout'
import type { Answer } from './reader'
import { paragraphsIn } from './text'

export function paragraph(text: string, style: Omit<Partial<Paragraph>, 'kind' | 'text'> = {}): Paragraph {
  return { kind: 'paragraph', text, ...style }
}

/** A label of the form. `lines` breaks its wording where the printed form does; `label` keeps it in one piece. */
export function label(lines: string | readonly string[], width: number, rowSpan = 1): Draft {
  const parts = typeof lines === 'string' ? [lines] : lines
  return {
    paragraphs: parts.map((line) => paragraph(line, { align: 'center' })),
    label: parts.join(''),
    width,
    rowSpan,
    vertical: 'center',
    heading: true,
    missing: false,
  }
}

/** A short answer. */
export function short(answer: Answer, width: number, align: Paragraph['align'] = 'center'): Draft {
  return {
    paragraphs: answer.text.split('\n').map((line) => paragraph(line, { align })),
    width,
    vertical: 'center',
    heading: false,
    field: answer.field,
    missing: answer.missing,
  }
}

/** A long answer with its paragraphs, under the form's own remark, e.g. （可另附）. */
function long(answer: Answer, width: number, remark?: string): Draft {
  const text = paragraphsIn(answer.text).map((line) => paragraph(line, { align: 'justify', indent: true, leading: 1.2 }))
  return {
    paragraphs: [...(remark ? [paragraph(remark, { after: 1 })] : []), ...(text.length > 0 ? text : [paragraph('')])],
    width,
    vertical: 'top',
    heading: false,
    field: answer.field,
    missing: answer.missing,
  }
}

/**
 * A row with a long answer that may run over pages. Unanswered it is as high as the printed form leaves room for
 * writing by hand; answered only as high as it needs, or a short text would be pushed to the next page.
 */
export function longRow(name: Draft, answer: Answer, width: number, room: number, remark?: string): DraftRow {
  const height = answer.text === '' ? room : Math.min(room, 30)
  return { cells: [name, long(answer, width, remark)], height, splits: true }
}

/** One cell for several answers. It leads to the first one that is missing, else to the first. */
export function joined(answers: readonly [Answer, ...Answer[]], join: (...texts: string[]) => string): Answer {
  const first = answers.find(({ missing }) => missing) ?? answers[0]
  const texts = answers.map(({ text }) => text)
  return { ...first, text: texts.every((text) => text === '') ? '' : join(...texts) }
}

/** Signature, seal and date are added by hand: lines as the form prints them, at the foot of the box. */
export function opinion(lines: readonly string[], width: number): Draft {
  return {
    paragraphs: lines.map((line) => paragraph(line, { align: 'right', before: 2, after: 1, inset: 8 })),
    width,
    vertical: 'bottom',
    heading: false,
    missing: false,
  }
}

/** Blanks for a date that is written by hand. */
export const BLANK_DATE = '年　　月　　日'
