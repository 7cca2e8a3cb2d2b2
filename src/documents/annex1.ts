/** 附件1 无锡市技能大师工作室申报表, cell by cell as the notice of 2021 prints it. */
import { studioFields } from '../domain/forms/studio'
import { BLANK_DATE, joined, label, longRow, opinion, short } from './cells'
import { coverOf } from './cover'
import type { Paper, Section } from './grid'
import { tableOf, type Draft, type DraftRow } from './layout'
import { readerOf, type PaperInput, type Reader } from './reader'
import { docxName } from './text'
import { dayInWords } from './words'

const TITLE = '无锡市技能大师工作室申报表'
/** The first column. */
const SIDE = 26
/** The narrow side label of a table within the table: two characters a line. */
const NARROW = 14
const ATTACH = '（可另附）'

export function annex1(input: PaperInput): Paper {
  const read = readerOf(studioFields, input)
  const { text: leader } = read.answer('leaderName')
  return {
    id: 'annex1',
    title: `附件1 ${TITLE}`,
    fileName: docxName('附件1', TITLE, leader),
    sealedSlot: 'sealedAnnex',
    sections: [
      coverOf({
        annex: '附件1',
        title: ['无锡市技能大师工作室', '申报表'],
        lines: [
          ...['applyingUnit', 'studioName', 'studioArea'].map((name) => [read.label(name), read.answer(name)] as const),
          ['填报时间', { text: dayInWords(input.printedOn), missing: false }],
        ],
      }),
      { id: 'form', blocks: [tableOf([person, members, achievements, awards, texts].flatMap((part) => part(read)))] },
      opinions,
    ],
    footer: { title: TITLE, printCode: input.printCode, demonstration: input.call.demonstration },
  }
}

/** Labels that don't fit on one line, broken where the sense does. */
const broken: Record<string, readonly string[]> = {
  trade: ['从事职业', '（工种）'],
  qualification: ['职业资格', '及等级'],
  unitAccount: ['所在单位', '银行账号'],
}

function person(read: Reader): DraftRow[] {
  const pair = (name: string, wide: number, side = SIDE): Draft[] => [
    label(broken[name] ?? read.label(name), side),
    short(read.answer(name), wide),
  ]
  const pairs = (left: string, right: string): DraftRow => ({ cells: [...pair(left, 54), ...pair(right, 50, 30)] })
  const schooling = joined([read.answer('education'), read.answer('degree')], (education, degree) =>
    degree ? `${education}\n（${degree}）` : education ?? '',
  )
  return [
    { cells: [...pair('leaderName', 26), ...pair('sex', 12, 14), ...pair('ethnicity', 20, 14), ...pair('politics', 26, 22)] },
    pairs('employer', 'foundedOn'),
    {
      cells: [
        label('学历（学位）', SIDE),
        short(schooling, 26),
        ...pair('startedWork', 28, 26),
        ...pair('trade', 32, 22),
      ],
    },
    pairs('qualification', 'idNumber'),
    pairs('address', 'phone'),
    pairs('unitAccount', 'unitBank'),
    pairs('bankCard', 'cardBank'),
  ]
}

function members(read: Reader): DraftRow[] {
  const rows = read.rows('members')
  const head = label(read.label('members'), NARROW, rows.length + 1)
  const columns = [label('姓名', 26), label('年龄', 16), label(['职业资格', '及等级'], 36), label('突出业绩', 68)]
  return [
    { cells: [head, ...columns], keepNext: true },
    ...rows.map(({ answer }) => ({
      cells: [
        short(answer('name'), 26),
        short(answer('age'), 16),
        short(answer('qualification'), 36),
        short(answer('merit'), 68, 'left'),
      ],
    })),
  ]
}

function achievements(read: Reader): DraftRow[] {
  return [longRow(label(read.label('achievements'), SIDE), read.answer('achievements'), 160 - SIDE, 100, ATTACH)]
}

function awards(read: Reader): DraftRow[] {
  const rows = read.rows('awards')
  const columns = { project: 33, award: 31, grantor: 30, level: 15, rank: 12, year: 13 } as const
  const names = ['获奖项目', '奖励名称', '授予单位', '等级', '排名', '年度']
  const widths = Object.entries(columns)
  return [
    {
      cells: [label(read.label('awards'), SIDE, rows.length + 1), ...widths.map(([, width], i) => label(names[i] ?? '', width))],
      keepNext: true,
    },
    ...rows.map(({ answer }) => ({ cells: widths.map(([name, width]) => short(answer(name), width)) })),
  ]
}

function texts(read: Reader): DraftRow[] {
  return (['support', 'results', 'facilities', 'plan'] as const).map((name) => {
    const lines = name === 'support' ? [read.label(name)] : [read.label(name), ATTACH]
    return longRow(label(lines, SIDE), read.answer(name), 160 - SIDE, 44)
  })
}

const BUREAU = [BLANK_DATE, '（盖章）']

/** A page of its own: it goes round for signatures and seals. Wording and order as printed. */
const opinions: Section = {
  id: 'opinions',
  blocks: [
    tableOf([
      { cells: [label('单位意见', SIDE), opinion(['(签字盖章)', BLANK_DATE], 134)], height: 64 },
      {
        cells: [
          label('市（县）、区人力资源社会保障局或市属单位、行业协会意见', SIDE),
          opinion(BUREAU, 54),
          label(['市（县）、区', '财政局意见'], SIDE),
          opinion(BUREAU, 54),
        ],
        height: 76,
      },
      { cells: [label(['市人力资源', '社会保障局', '意见'], SIDE), opinion(BUREAU, 134)], height: 76 },
    ]),
  ],
}
