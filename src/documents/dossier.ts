/** 候选人综合材料 with the unit's contact, sealed by the unit: notice of 2021, 四(二)1. */
import { technicianFields } from '../domain/forms/technician'
import { label, paragraph, short } from './cells'
import type { Paper } from './grid'
import { tableOf, type Draft } from './layout'
import { body, sealLines, titleLines } from './prose'
import { readerOf, type PaperInput } from './reader'
import { docxName } from './text'

const TITLE = '无锡市企业首席技师候选人综合材料'

export function dossier(input: PaperInput): Paper {
  const read = readerOf(technicianFields, input)
  const { text: name } = read.answer('name')
  const { text: employer } = read.answer('employer')
  const pair = (field: string): Draft[] => [label(read.label(field), 28), short(read.answer(field), 52)]
  const contact = tableOf([
    { cells: [label(read.label('contactUnit'), 28), short(read.answer('contactUnit'), 132, 'left')], keepNext: true },
    { cells: [...pair('contactPerson'), ...pair('contactPhone')], keepNext: true },
    { cells: [...pair('fax'), ...pair('contactEmail')], keepNext: true },
  ])
  return {
    id: 'dossier',
    title: '候选人综合材料',
    fileName: docxName('候选人综合材料', '无锡市企业首席技师', name),
    sealedSlot: 'sealedDossier',
    sections: [
      {
        id: 'text',
        blocks: [
          ...titleLines('无锡市企业首席技师', '候选人综合材料'),
          paragraph([name, employer].filter(Boolean).join('　'), { size: 12, align: 'center', after: 6 }),
          ...body(read.answer('dossierText')),
          paragraph('', { after: 4, keepNext: true }),
          contact,
          ...sealLines('所在单位（盖章）'),
        ],
      },
    ],
    footer: { title: TITLE, printCode: input.printCode, demonstration: input.call.demonstration },
  }
}
