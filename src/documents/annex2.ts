/** 附件2 无锡市企业首席技师申报表, cell by cell as the notice of 2021 prints it. */
import { technicianFields } from '../domain/forms/technician'
import { BLANK_DATE, joined, label, longRow, opinion, short } from './cells'
import { coverOf } from './cover'
import type { Paper, Section } from './grid'
import { tableOf, type Draft, type DraftRow } from './layout'
import { portraitCell } from './portrait'
import { readerOf, type PaperInput, type Reader } from './reader'
import { docxName } from './text'
import { dayInWords, monthInShort } from './words'

const TITLE = '无锡市企业首席技师申报表'
/** The first column of the particulars, and of the opinions. */
const SIDE = 30
const OPINION_SIDE = 26
/** The narrow side label of the groups: two characters a line. */
const NARROW = 14

export function annex2(input: PaperInput): Paper {
  const read = readerOf(technicianFields, input)
  const name = read.answer('name')
  return {
    id: 'annex2',
    title: `附件2 ${TITLE}`,
    fileName: docxName('附件2', TITLE, name.text),
    sealedSlot: 'sealedAnnex',
    sections: [
      coverOf({
        annex: '附件2',
        title: [TITLE],
        lines: [
          ['姓名：', name],
          ['职业(工种)：', read.answer('occupation')],
          ['单位：', read.answer('employer')],
        ],
        foot: dayInWords(input.printedOn),
      }),
      { id: 'form', blocks: [tableOf([...person(read, input), ...experience(read)])] },
      { id: 'form', blocks: [tableOf([...groups(read), ...achievements(read)])] },
      opinions,
    ],
    footer: { title: TITLE, printCode: input.printCode, demonstration: input.call.demonstration },
  }
}

function person(read: Reader, input: PaperInput): DraftRow[] {
  const pair = (name: string, wide: number, side: number): Draft[] => [
    label(read.label(name), side),
    short(read.answer(name), wide),
  ]
  const two = (left: string, right: string): Draft[] => [...pair(left, 37, SIDE), ...pair(right, 29, 26)]
  const one = (name: string, answer = read.answer(name)): DraftRow => ({
    cells: [label(read.label(name), SIDE), short(answer, 160 - SIDE, 'left')],
  })
  const apart = (...texts: string[]) => texts.filter((text) => text !== '').join('　')
  const mail = joined([read.answer('email'), read.answer('qq')], (email = '', qq) => apart(email, qq ? `QQ：${qq}` : ''))
  // 一级（高级技师） is wider than its cell: broken at the bracket, not within the word.
  const level = joined([read.answer('qualification')], (text = '') => text.replace('（', '\n（'))
  const card = joined([read.answer('bankCard'), read.answer('cardBank')], apart)
  return [
    { cells: [...two('name', 'sex'), portraitCell(read.answer('portrait'), input.portrait, 38, 5)], height: 11 },
    { cells: two('birthDate', 'ethnicity'), height: 11 },
    { cells: two('politics', 'education'), height: 11 },
    { cells: [...pair('post', 37, SIDE), label(read.label('qualification'), 26), short(level, 29)], height: 11 },
    { cells: two('startedWork', 'postcode'), height: 11 },
    ...['employer', 'idNumber', 'address', 'phone'].map((name) => one(name)),
    { cells: [label(['电子邮箱', '及QQ号'], SIDE), short(mail, 160 - SIDE, 'left')] },
    { cells: [label(['本人银行卡号及', '开卡银行名称'], SIDE), short(card, 160 - SIDE, 'left')] },
  ]
}

function experience(read: Reader): DraftRow[] {
  return [
    { cells: [label(read.label('experience'), 160)], height: 12, keepNext: true },
    { cells: [label('起止时间', 44), label('在何单位学习、工作', 84), label('证明人', 32)], height: 12, keepNext: true },
    ...read.rows('experience').map(({ answer, raw }) => {
      const period = joined([answer('from'), answer('to')], () => [raw('from'), raw('to')].map(monthInShort).join('—'))
      return { cells: [short(period, 44), short(answer('where'), 84, 'left'), short(answer('witness'), 32)], height: 12 }
    }),
  ]
}

function groups(read: Reader): DraftRow[] {
  const head = [label('项目', NARROW), label('内容', 96), label('证明人和证明材料', 50)]
  return [
    { cells: head, keepNext: true },
    ...['skills', 'innovations', 'honours'].flatMap((name) => {
      const rows = read.rows(name)
      return rows.map(({ answer }, index) => ({
        cells: [
          ...(index === 0 ? [label(read.label(name), NARROW, rows.length)] : []),
          short(answer('content'), 96, 'left'),
          short(answer('proof'), 50, 'left'),
        ],
        height: 17,
      }))
    }),
  ]
}

function achievements(read: Reader): DraftRow[] {
  return [longRow(label(['主', '要', '业', '绩'], NARROW), read.answer('achievements'), 160 - NARROW, 80, '2000字以内')]
}

const BUREAU = [BLANK_DATE, '（盖章）']
const twoOpinions = (left: string | string[], right: string | string[]): DraftRow => ({
  cells: [
    label(left, OPINION_SIDE),
    opinion(BUREAU, 54),
    label(right, OPINION_SIDE),
    opinion(BUREAU, 54),
  ],
  height: 76,
})

/** A page of its own: it goes round for seals. Wording and order as printed. */
const opinions: Section = {
  id: 'opinions',
  blocks: [
    tableOf([
      { cells: [label('单位意见', OPINION_SIDE), opinion(['(盖章)', BLANK_DATE], 134)], height: 64 },
      twoOpinions('市（县）、区人力资源社会保障局或市属单位、行业协会意见', ['市（县）、区', '财政局意见']),
      twoOpinions(['市人力资源', '社会保障局', '意见'], ['市财政局', '意见']),
    ]),
  ],
}
