import { paragraph } from './cells'
import type { Block, Section } from './grid'
import { tableOf, type Draft } from './layout'
import type { Answer } from './reader'

const ISSUER = '无锡市人力资源和社会保障局制'
const size = 16

interface Cover {
  /** 附件1 */
  annex: string
  /** The title, line by line. */
  title: readonly string[]
  lines: readonly (readonly [label: string, answer: Answer])[]
  /** Under the issuer, e.g. the day. */
  foot?: string
}

/** The first page of an annex: number, title, a few underlined answers, and who issued the form. */
export function coverOf({ annex, title, lines, foot }: Cover): Section {
  const rows = lines.map(([name, answer]) => ({ height: 15, cells: [nameOf(name), underlined(answer)] }))
  const blocks: Block[] = [
    paragraph(annex, { face: 'hei', size, after: 40 }),
    ...title.map((text) =>
      paragraph(text, { face: 'hei', size: 26, bold: true, align: 'center', after: 5, heading: 1 }),
    ),
    paragraph('', { after: 28 }),
    tableOf(rows, 'answers'),
    paragraph(ISSUER, { align: 'center', size, before: 44, after: 4 }),
    ...(foot === undefined ? [] : [paragraph(foot, { align: 'center', size })]),
  ]
  return { id: 'cover', blocks }
}

function nameOf(text: string): Draft {
  return {
    // A colon belongs to its word, so only words without one are spread over the column.
    paragraphs: [paragraph(text, { size, align: text.endsWith('：') ? 'right' : 'distribute' })],
    label: text.replace('：', ''),
    width: 48,
    vertical: 'bottom',
    heading: true,
    missing: false,
  }
}

function underlined({ text, field, missing }: Answer): Draft {
  return {
    paragraphs: [paragraph(text, { size, align: 'center' })],
    width: 92,
    vertical: 'bottom',
    heading: false,
    field,
    missing,
  }
}
