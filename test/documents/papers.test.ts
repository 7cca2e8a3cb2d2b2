import { expect, test } from 'vitest'
import { footerText, missingFields } from '../../src/documents/grid'
import { documentsOf } from '../../src/documents/papers'
import type { PaperInput } from '../../src/documents/reader'
import type { AnyAnswers } from '../../src/domain/answers'
import type { Award } from '../../src/domain/forms/kinds'
import { call, inputOf, leaderId, studioAnswers, technicianAnswers } from './fixtures'
import { beside, cellsOf, textOf, wordsOf } from './reading'

const papersOf = (award: Award, answers: AnyAnswers, more?: Partial<PaperInput>) => {
  const [annex, text] = documentsOf(award, inputOf(answers, more))
  if (!annex || !text) throw new Error('Each award prints two papers')
  return { annex, text }
}

test('a studio prints 附件1 and 申办报告, a technician 附件2 and 综合材料, named after the applicant', () => {
  const named = (award: Award, answers: AnyAnswers) =>
    documentsOf(award, inputOf(answers)).map(({ id, fileName, sealedSlot }) => [id, fileName, sealedSlot])
  expect(named('studio', studioAnswers)).toEqual([
    ['annex1', '附件1-无锡市技能大师工作室申报表-周砚秋.docx', 'sealedAnnex'],
    ['report', '申办报告-无锡市技能大师工作室-周砚秋.docx', 'sealedReport'],
  ])
  expect(named('technician', technicianAnswers)).toEqual([
    ['annex2', '附件2-无锡市企业首席技师申报表-陈志远.docx', 'sealedAnnex'],
    ['dossier', '候选人综合材料-无锡市企业首席技师-陈志远.docx', 'sealedDossier'],
  ])
})

test('complete answers leave nothing to mark', () => {
  expect(documentsOf('studio', inputOf(studioAnswers)).flatMap(missingFields)).toEqual([])
  expect(documentsOf('technician', inputOf(technicianAnswers)).flatMap(missingFields)).toEqual([])
})

test('an empty application marks every required cell once, and none that may stay empty', () => {
  const { annex, text } = papersOf('technician', {})
  expect(missingFields(annex)).toEqual([
    'name occupation employer sex portrait birthDate ethnicity politics education post qualification startedWork'.split(' '),
    'postcode idNumber address phone email experience skills achievements'.split(' '),
  ].flat())
  expect(missingFields(text)).toEqual(['dossierText', 'contactUnit', 'contactPerson', 'contactPhone', 'contactEmail'])
  expect(missingFields(papersOf('studio', {}).annex)).not.toContain('awards')
})

test('a cell of a row, half of a compound cell and a section of the report lead to what is missing', () => {
  const members = studioAnswers.members?.map((member, i) => (i === 1 ? { ...member, age: undefined } : member))
  const { annex, text } = papersOf('studio', { ...studioAnswers, members, degree: undefined, reportNeed: ' ' })
  expect(missingFields(annex)).toEqual(['degree', 'members/m1/age'])
  expect(missingFields(text)).toEqual(['reportNeed'])
})

test('five rows are printed for fewer members and awards, more for more', () => {
  const rows = (answers: AnyAnswers, label: string) =>
    cellsOf(papersOf('studio', answers).annex).flat().find((cell) => cell.label === label)?.rowSpan
  expect(rows({}, '大师工作室其他人员')).toBe(6)
  expect(rows(studioAnswers, '大师工作室其他人员')).toBe(7)
  expect(rows(studioAnswers, '领办人近五年获奖情况')).toBe(6)
})

test('what follows or is computed is printed without being answered', () => {
  const { annex } = papersOf('studio', studioAnswers)
  expect(textOf(beside(annex, '申报单位'))).toBe('宜兴市陶缘紫砂工艺有限公司')
  expect(textOf(beside(annex, '工作室名称'))).toBe('无锡市周砚秋技能大师工作室')
  expect(textOf(beside(annex, '性别'))).toBe('女')
  expect(textOf(beside(papersOf('technician', technicianAnswers).annex, '出生日期'))).toBe('1985年03月12日')
})

test('paper shows ID and card numbers in full, a preview on the screen covers them', () => {
  const shown = (masked: boolean) => {
    const { annex } = papersOf('studio', studioAnswers, { masked })
    return ['身份证号', '本人银行卡号'].map((label) => textOf(beside(annex, label)))
  }
  expect(shown(false)).toEqual([leaderId, '6222021103000000018'])
  expect(shown(true)).toEqual([`${leaderId.slice(0, 8)}******${leaderId.slice(-4)}`, '6222***********0018'])
  expect(wordsOf(papersOf('technician', technicianAnswers, { masked: true }).annex)).not.toContain('6222021103000000026')
})

test('every footer bears title and print code, and says when the call is a demonstration', () => {
  const footer = (demonstration: boolean) =>
    footerText(papersOf('studio', studioAnswers, { call: { ...call, demonstration } }).annex.footer)
  expect(footer(false)).toBe('无锡市技能大师工作室申报表　打印码 K7M3-9QXA')
  expect(footer(true)).toBe('无锡市技能大师工作室申报表　打印码 K7M3-9QXA　演示批次')
})

test('the portrait keeps its proportions within 2 inches; what is no picture is left out', () => {
  const portrait = (...start: number[]) => ({ bytes: new Uint8Array(start), width: 413, height: 626 })
  const cell = (picture: PaperInput['portrait']) =>
    cellsOf(papersOf('technician', technicianAnswers, { portrait: picture }).annex)
      .flat()
      .find(({ label }) => label?.startsWith('照片'))
  expect(cell(portrait(0xff, 0xd8))?.picture).toMatchObject({ type: 'jpg', height: 49 })
  expect(cell(portrait(0xff, 0xd8))?.picture?.width).toBeCloseTo((413 / 626) * 49)
  expect(cell(portrait(0x3c, 0x73))?.picture).toBeUndefined()
  expect(cell(undefined)).toMatchObject({ missing: false, picture: undefined })
})

test('answers of the wrong shape print as nothing and break nothing', () => {
  const members = [null, 7, { id: 'm0', name: ['x'], age: true }]
  const odd = { employer: { a: 1 }, members, address: 'street', plan: null, leaderName: 5 }
  expect(wordsOf(papersOf('studio', odd).annex)).not.toContain('object')
  expect(missingFields(papersOf('studio', odd).annex)).toContain('members/m0/name')
})
