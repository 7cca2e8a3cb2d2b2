// @vitest-environment jsdom
import { expect, test, vi } from 'vitest'
import { toDocx } from '../../src/documents/docx/toDocx'
import type { Paper } from '../../src/documents/grid'
import { documentsOf } from '../../src/documents/papers'
import { call, inputOf, studioAnswers, technicianAnswers } from './fixtures'
import { cellsOf, textOf } from './reading'
import { partOf } from './unzip'

// The writer is big, and machines are slow when everything is tested at once.
vi.setConfig({ testTimeout: 60_000 })

/** The part as XML. jsdom's parser takes control characters that Word refuses, so these are looked for apart. */
function xmlOf(bytes: Uint8Array, part = 'word/document.xml'): Document {
  const text = partOf(bytes, part)
  const xml = new DOMParser().parseFromString(text, 'application/xml')
  expect(xml.querySelector('parsererror')).toBeNull()
  expect([...text].filter(isForbidden)).toEqual([])
  return xml
}

/** XML 1.0, 2.2. */
const isForbidden = (char: string) => (char < ' ' && !'\t\n\r'.includes(char)) || /[\p{Cs}\uFFFE\uFFFF]/u.test(char)

const textIn = (line: Element) => [...line.getElementsByTagName('w:t')].map(({ textContent }) => textContent).join('')
const lines = (node: Document | Element) => [...node.getElementsByTagName('w:p')].map(textIn)
const cells = (xml: Document) => [...xml.getElementsByTagName('w:tc')].map((cell) => lines(cell).join('\n'))
const written = async (paper: Paper | undefined) => {
  if (!paper) throw new Error('No such paper')
  return toDocx(paper)
}

test.each(['studio', 'technician'] as const)('the Word files of a %s hold every cell of the grid, in order', async (award) => {
  const answers = award === 'studio' ? studioAnswers : technicianAnswers
  for (const paper of documentsOf(award, inputOf(answers))) {
    const own = cellsOf(paper).flat().map(textOf).filter(Boolean)
    expect(cells(xmlOf(await toDocx(paper))).filter(Boolean)).toEqual(own)
  }
})

test('the footer of a demonstration shows title, print code, 演示批次 and both page numbers', async () => {
  const [annex] = documentsOf('studio', inputOf({}, { call: { ...call, demonstration: true } }))
  const footer = xmlOf(await written(annex), 'word/footer1.xml')
  expect(lines(footer)).toEqual(['无锡市技能大师工作室申报表　打印码 K7M3-9QXA　演示批次第  页 共  页'])
  expect([...footer.getElementsByTagName('w:instrText')].map(({ textContent }) => textContent)).toEqual(['PAGE', 'NUMPAGES'])
})

test('Chinese is set in 宋体 and 黑体 for Word to find', async () => {
  const [annex] = documentsOf('studio', inputOf(studioAnswers))
  const faces = [...xmlOf(await written(annex)).getElementsByTagName('w:rFonts')].map((font) => font.getAttribute('w:eastAsia'))
  expect(new Set(faces)).toEqual(new Set(['宋体', '黑体']))
})

test('hostile text is words and nothing else', async () => {
  const hostile = '</w:t></w:r><script>alert(1)</script>&amp;<!--]]>\u0000\u000B\uD83D😀𠮷'
  const answers = { ...studioAnswers, leaderName: hostile, plan: hostile, reportNeed: hostile }
  const [annex, report] = documentsOf('studio', inputOf(answers))
  const shown = '</w:t></w:r><script>alert(1)</script>&amp;<!--]]>'
  expect(cells(xmlOf(await written(annex)))).toContain(`${shown}\n😀𠮷`)
  expect(lines(xmlOf(await written(report)))).toEqual(expect.arrayContaining([shown, '😀𠮷']))
  expect(annex?.fileName).toMatch(/^附件1-无锡市技能大师工作室申报表-[^/\\:*?"<>|]+\.docx$/)
})

test('20,000 pasted characters are all printed, in a row that may run over pages', async () => {
  const pasted = '长'.repeat(20_000)
  const members = [{ id: 'm0', name: '顾新陶', age: 30, qualification: '二级', merit: pasted }]
  const [annex] = documentsOf('studio', inputOf({ ...studioAnswers, achievements: pasted, members }))
  const rows = [...xmlOf(await written(annex)).getElementsByTagName('w:tr')].filter((row) => row.textContent?.includes(pasted))
  expect(rows).toHaveLength(2)
  expect(rows.map((row) => row.getElementsByTagName('w:cantSplit').length)).toEqual([0, 0])
})
