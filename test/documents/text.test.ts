import { expect, test } from 'vitest'
import { docxName, paragraphsIn, printable } from '../../src/documents/text'

test.each([
  ['控制字符去掉', 'a\u0000b\u0008c\u001Bd\u007F', 'abcd'],
  ['非字符与半个代理对去掉', 'a\uFFFEb\uFFFF\uD83Dc\uDE00d', 'abcd'],
  ['改变文字方向的记号去掉', 'ab\u202Edc\u2066', 'abdc'],
  ['表情、生僻字和组合序列保留', '😀𠮷👨‍👩‍👧', '😀𠮷👨‍👩‍👧'],
  ['换行统一，制表符变空格', 'a\r\nb\rc\u2028d\te', 'a\nb\nc\nd e'],
])('%s', (_, typed, printed) => {
  expect(printable(typed)).toBe(printed)
})

test('a long answer keeps its paragraphs and loses its empty lines', () => {
  expect(paragraphsIn('　第一段 \r\n\r\n  第二段\n')).toEqual(['第一段', '第二段'])
})

test.each([
  [['附件1', '无锡市技能大师工作室申报表', '周砚秋'], '附件1-无锡市技能大师工作室申报表-周砚秋.docx'],
  [['附件1', ''], '附件1.docx'],
  [['附件1', '../..\\周:*?"<>|砚\u0000秋\n'], '附件1-周砚秋.docx'],
  [['附件1', '𠮷'.repeat(200)], `附件1-${'𠮷'.repeat(30)}.docx`],
])('%j make the file name %s', (parts, name) => {
  expect(docxName(...parts)).toBe(name)
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
})
