/** 申办报告 with its seven sections: notice of 2021, 四(一)2(2). */
import { studioFields } from '../domain/forms/studio'
import type { Paper } from './grid'
import { body, headingLine, sealLines, titleLines } from './prose'
import { readerOf, type PaperInput } from './reader'
import { docxName } from './text'

const TITLE = '无锡市技能大师工作室申办报告'

const sections = [
  'studioName',
  'reportMembers',
  'reportBasics',
  'reportNeed',
  'reportSupport',
  'reportPlan',
  'reportDirections',
] as const

export function report(input: PaperInput): Paper {
  const read = readerOf(studioFields, input)
  const { text: unit } = read.answer('applyingUnit')
  return {
    id: 'report',
    title: '申办报告',
    fileName: docxName('申办报告', '无锡市技能大师工作室', read.answer('leaderName').text),
    sealedSlot: 'sealedReport',
    sections: [
      {
        id: 'text',
        blocks: [
          ...titleLines('无锡市技能大师工作室', '申办报告'),
          ...sections.flatMap((name, i) => [headingLine(`${'一二三四五六七'[i]}、${read.label(name)}`), ...body(read.answer(name))]),
          ...sealLines(`申报单位（盖章）：${unit}`),
        ],
      },
    ],
    footer: { title: TITLE, printCode: input.printCode, demonstration: input.call.demonstration },
  }
}
