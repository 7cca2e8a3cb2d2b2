import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, SimpleKind } from '../../../src/domain/forms/kinds'
import { normalise, numberOrText } from '../../../src/domain/forms/normalise'

const simpleKinds = [
  'text', 'longText', 'number', 'date', 'month', 'idNumber', 'uscc', 'phone', 'landline', 'bankCard', 'bankAccount',
  'email', 'qq', 'postcode',
] as const satisfies readonly SimpleKind[]
const field = (kind: SimpleKind, unit?: string): Field => ({ kind, label: '某项', unit })

describe('what people type', () => {
  it.each<[SimpleKind, string, string]>([
    ['idNumber', ' 11010519491231002x ', '11010519491231002X'],
    ['idNumber', '１１０１０５　１９４９１２３１　００２Ｘ', '11010519491231002X'],
    ['idNumber', '110105\u200B19491231-002x', '11010519491231002X'],
    ['uscc', '91350100m000100y43', '91350100M000100Y43'],
    ['phone', '+86 139-0000-1234', '13900001234'],
    ['phone', '86 13900001234', '13900001234'],
    ['phone', '００８６１３９００００１２３４', '13900001234'],
    ['phone', '１３９ ００００ １２３４', '13900001234'],
    ['phone', '8613900', '8613900'],
    ['landline', '（0510）80000000', '0510-80000000'],
    ['landline', '0510 8000 0000', '0510-80000000'],
    ['landline', '０５１０－８０００００００转801', '0510-80000000-801'],
    ['landline', '02180000000', '021-80000000'],
    ['landline', '+86 139 0000 1234', '13900001234'],
    ['landline', '+86-0510-80000000', '0510-80000000'],
    ['bankCard', '6222 0000-0000 ００００ 012', '6222000000000000012'],
    ['bankAccount', '1040 0000 0000 01', '10400000000001'],
    ['email', ' １２３４５６＠ｑｑ．ｃｏｍ ', '123456@qq.com'],
    ['email', '123456@qq。com', '123456@qq.com'],
    ['qq', '１２３ ４５６', '123456'],
    ['postcode', '２１４ ０２８', '214028'],
    ['date', '20160315', '2016-03-15'],
    ['date', '2016/3/15', '2016-03-15'],
    ['date', '2016.3.5', '2016-03-05'],
    ['date', '2016年3月15日', '2016-03-15'],
    ['date', '２０１６ 年 ３ 月 １５ 号', '2016-03-15'],
    ['date', '2016—3—15', '2016-03-15'],
    ['date', '2016-02-30', '2016-02-30'],
    ['date', '大约三月', '大约三月'],
    ['month', '2016年3月', '2016-03'],
    ['month', '201603', '2016-03'],
    ['month', '2016/3', '2016-03'],
    ['month', '2016年3月15日', '2016-03'],
    ['month', '至今', 'now'],
    ['number', ' ３８ ', '38'],
    ['text', '  周　砚秋 \u0007', '周　砚秋'],
    ['text', '无锡某某\n有限公司', '无锡某某 有限公司'],
    ['text', '𠮷野\u{1F3FB}', '𠮷野\u{1F3FB}'],
    ['text', '（甲）１２３ABC。', '（甲）１２３ABC。'],
    ['text', '好\uD83D\0', '好'],
    ['longText', '　第一段\r\n第二段\r\n', '第一段\n第二段'],
  ])('reads %s %j as %j', (kind, raw, kept) => {
    expect(normalise(field(kind), raw)).toBe(kept)
  })

  it('leaves the unit of a number aside', () => {
    expect(normalise(field('number', '岁'), '38 岁')).toBe('38')
  })

  it('trims the words of a choice and of an address', () => {
    expect(normalise({ kind: 'choice', label: '民族', options: [] }, ' 汉族 ')).toBe('汉族')
    expect(normalise(field('address'), ' 丁蜀镇某某路 18 号\n')).toBe('丁蜀镇某某路 18 号')
  })

  it('keeps 20,000 pasted characters', () => {
    const text = '紫砂'.repeat(10_000)
    expect(normalise(field('longText'), text)).toBe(text)
  })

  it('changes nothing the second time, whatever was typed', () => {
    const pieces = [
      '1', '０', '９', 'x', 'Ｘ', ' ', '　', '-', '－', '—', '/', '.', '年', '月', '日', '号', '岁', '+86', '0086', '86', '1390000', '0510',
      '(', '）', '转', 'ext', '至今', 'now', '@', '。', '\0', '\u200B', '\u200D', '\uFEFF', '\uD83D', '\uDE00', '\n', '\r', '\t', '\u2028', '汉',
    ]
    const typed = fc.oneof(
      fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((parts) => parts.join('')),
      // Any code units, half pairs of a surrogate among them.
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(fc.constantFrom(...simpleKinds), typed, (kind, raw) => {
        const once = normalise(field(kind, '岁'), raw)
        expect(normalise(field(kind, '岁'), once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a typed number', () => {
  it.each([
    ['38', 38],
    ['-1', -1],
    ['3.5', 3.5],
    ['三十八', '三十八'],
    ['1e400', '1e400'],
    ['9'.repeat(400), '9'.repeat(400)],
    ['', ''],
  ])('%j is kept as %j', (text, kept) => {
    expect(numberOrText(text)).toBe(kept)
  })
})
