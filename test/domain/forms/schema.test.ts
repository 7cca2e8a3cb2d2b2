import { describe, expect, it } from 'vitest'
import { ValidationError } from 'yup'
import { call2021 } from '../../../src/domain/calls/2021'
import { faultOf, isMissing, missingText } from '../../../src/domain/forms/faults'
import type { Field, Fields, SimpleField } from '../../../src/domain/forms/kinds'
import { fieldSchema, schemaOf } from '../../../src/domain/forms/schema'
import { studioFields } from '../../../src/domain/forms/studio'
import { idNumber } from '../../support/identity'

/** All messages for one value of a field that is asked. */
function said(field: Field, value: unknown): string[] {
  try {
    fieldSchema(field, call2021).validateSync(value, { abortEarly: false, strict: true })
    return []
  } catch (error) {
    if (error instanceof ValidationError) return error.errors
    throw error
  }
}
const simple = (kind: SimpleField['kind'], more: Partial<SimpleField> = {}): Field => ({ kind, label: '某项', required: true, ...more })

describe('an answer that is right passes', () => {
  it.each<[string, Field, unknown]>([
    ['a name with a rare character', simple('text', { max: 3, identity: true }), '𠮷野家'],
    ['text as long as allowed, by characters', simple('text', { max: 4 }), '😀😀😀😀'],
    ['a long text of 2000 字', simple('longText', { max: 2000 }), '好'.repeat(1999) + ' abc'],
    ['a number', simple('number', { min: 16, max: 90 }), 16],
    ['a number that is still text', simple('number', { min: 16, max: 90 }), '90'],
    ['the closing day', simple('date'), '2021-04-25'],
    ['a later day where plans are asked', simple('date', { future: true }), '2021-05-25'],
    ['29 February', simple('date'), '2016-02-29'],
    ['the closing month', simple('month'), '2021-04'],
    ['至今', simple('month', { open: true }), 'now'],
    ['an identity number', simple('idNumber'), '11010519491231002X'],
    ['one with a small x', simple('idNumber'), '11010519491231002x'],
    ['a credit code', simple('uscc'), '91350100M000100Y43'],
    ['a mobile', simple('phone'), '19900001234'],
    ['a landline', simple('landline'), '0510-80000000'],
    ['a landline with extension', simple('landline'), '0510-80000000-801'],
    ['a landline of three digits', simple('landline'), '021-80000000'],
    ['a mobile as contact', simple('landline'), '13900001234'],
    ['a service number', simple('landline'), '400-800-0000'],
    ['a card of 16', simple('bankCard'), '4111111111111111'],
    ['a card whose check fails', simple('bankCard'), '4111111111111112'],
    ['an account of 8', simple('bankAccount'), '10400000'],
    ['an account of 30', simple('bankAccount'), '1'.repeat(30)],
    ['an address', simple('address'), { region: '江苏省无锡市新吴区', detail: '某某路 6 号' }],
    ['e-mail', simple('email'), '12345678@qq.com'],
    ['e-mail of a company', simple('email'), 'h.r+a_b@mail.some-company.com.cn'],
    ['QQ', simple('qq'), '10000'],
    ['a postcode', simple('postcode'), '214000'],
    ['no', simple('yesNo'), false],
    ['an agreed declaration', simple('declaration'), true],
    ['nothing where nothing is asked for', simple('idNumber', { required: false }), ''],
    ['null where nothing is asked for', simple('text', { required: false }), null],
    ['blanks where nothing is asked for', simple('qq', { required: false }), '  '],
    ['none of the titles', studioFields.titlesHeld, ['none']],
    ['both titles', studioFields.titlesHeld, ['studio', 'technician']],
    ['an option', studioFields.district, '宜兴市'],
  ])('%s', (_, field, value) => {
    expect(said(field, value)).toEqual([])
  })
})

describe('an answer that is wrong is told how to mend it', () => {
  const file = { sha256: '00', type: 'image/jpeg', bytes: 1 }
  it.each<[Field, unknown, string]>([
    [simple('text'), '', '还没有填'],
    [simple('text'), '   ', '还没有填'],
    [simple('text'), undefined, '还没有填'],
    [simple('text'), null, '还没有填'],
    [simple('text', { max: 3 }), '𠮷野家啊', '最多 3 字，现在 4 字，请删去 1 字'],
    [simple('text', { identity: true }), '周😀', '这里不能用表情符号，请删掉'],
    [simple('text'), { toString: 'x' }, '这一项的内容读不出来，请重新填写'],
    [simple('longText', { max: 2000 }), '紫砂'.repeat(10_000), '最多 2000 字，现在 20000 字，请删去 18000 字'],
    [simple('number'), '三十八', '请填数字，例如 38'],
    [simple('number'), Number.NaN, '请填数字，例如 38'],
    [simple('number'), '1e9', '请填数字，例如 38'],
    [simple('number'), '38.5', '请填整数，不要带小数'],
    [simple('number', { min: 16, max: 90 }), 15, '应在 16 到 90 之间，请检查'],
    [simple('number', { min: 16, max: 90 }), '91', '应在 16 到 90 之间，请检查'],
    [simple('number', { min: 1 }), 0, '不能小于 1，请检查'],
    [simple('number', { max: 9 }), 10, '不能大于 9，请检查'],
    [simple('date'), '2016年春', '请按“年-月-日”填写，例如 2016-05-20'],
    [simple('date'), '2021-02-29', '没有这一天，请检查年、月、日'],
    [simple('date'), '2021-04-31', '没有这一天，请检查年、月、日'],
    [simple('date'), '2021-04-26', '不能晚于申报截止日 2021-04-25，请检查'],
    [simple('date'), '1899-12-31', '年份太早了，请检查'],
    [simple('date', { future: true }), '2921-04-01', '年份太晚了，请检查'],
    [simple('month'), '2016-13', '没有这个月份，请检查'],
    [simple('month'), '2021-05', '不能晚于申报截止的月份 2021-04，请检查'],
    [simple('month'), 'now', '这里不能填“至今”，请填年和月'],
    [simple('month', { open: true }), '去年', '请按“年-月”填写，例如 1995-08，现在还在就选“至今”'],
    [simple('idNumber'), '1101051949123100', '身份证号码是 18 位，现在是 16 位，请检查'],
    [simple('idNumber'), '11010519491231ABCD', '身份证号码只能是数字，最后一位可以是 X'],
    [simple('idNumber'), '11010519490230002X', '身份证号码第 7 至 14 位不是真实的出生日期，请对照身份证检查'],
    [simple('idNumber'), idNumber('2021-04-26', '男'), '身份证号码第 7 至 14 位不是真实的出生日期，请对照身份证检查'],
    [simple('idNumber'), '110105194912310021', '身份证号码最后一位对不上，请对照身份证再检查一遍'],
    [simple('uscc'), '91350100M000100Y4', '统一社会信用代码是 18 位，现在是 17 位，请对照证照检查'],
    [simple('uscc'), '91350100M000I00Y43', '代码里只有数字和大写字母，没有 I、O、S、V、Z，看看是不是 1、0、5、2'],
    [simple('uscc'), '91350100M000100Y34', '统一社会信用代码对不上，请对照证照一位一位再检查一遍'],
    [simple('phone'), '1390000123', '手机号是 11 位，现在是 10 位，请检查'],
    [simple('phone'), '12900001234', '手机号应以 13 至 19 开头，请检查'],
    [simple('phone'), '1390000123四', '手机号只能是数字，请检查'],
    [simple('landline'), '80000000', '请加上区号，例如 0510-80000000'],
    [simple('landline'), '8000', '请填手机号，或带区号的座机号，例如 0510-80000000'],
    [simple('bankCard'), '622200011030000', '银行卡号是 16 至 19 位，现在是 15 位，请检查'],
    [simple('bankCard'), '6'.repeat(20), '银行卡号是 16 至 19 位，现在是 20 位，请检查'],
    [simple('bankCard'), '6222X', '银行卡号只能是数字，请检查'],
    [simple('bankAccount'), '1040000', '银行账号是 8 至 30 位，现在是 7 位，请检查'],
    [simple('bankAccount'), 'A1040000', '银行账号只能是数字，请检查'],
    [simple('email'), '12345678', '邮箱里要有 @，例如 12345678@qq.com'],
    [simple('email'), '陈@qq.com', '邮箱里不能有汉字或中文标点，请检查'],
    [simple('email'), 'a@qq', '邮箱写得不完整，例如 12345678@qq.com'],
    [simple('email'), `${'a@'.repeat(10_000)}`, '邮箱写得不完整，例如 12345678@qq.com'],
    [simple('qq'), '0123456', 'QQ号是 5 至 12 位数字，请检查'],
    [simple('qq'), '1234', 'QQ号是 5 至 12 位数字，请检查'],
    [simple('postcode'), '21400', '邮政编码是 6 位数字，例如 214000'],
    [simple('address'), { region: '', detail: '' }, '还没有填'],
    [simple('address'), { region: '', detail: '某某路 6 号' }, '还要选所在地区'],
    [simple('address'), { region: '江苏省无锡市新吴区', detail: ' ' }, '还要写街道和门牌号'],
    [simple('address'), { region: '江苏省无锡市新吴区', detail: '路'.repeat(101) }, '最多 100 字，现在 101 字，请写短一些'],
    [simple('address'), '某某路', '这一项的内容读不出来，请重新填写'],
    [simple('yesNo'), undefined, '还没有选'],
    [simple('yesNo'), 'yes', '这一项的内容读不出来，请重新填写'],
    [simple('declaration'), false, '请读完再勾选'],
    [studioFields.district, '苏州市', '这个选项不在名单里，请重新选择'],
    [studioFields.district, 'constructor', '这个选项不在名单里，请重新选择'],
    [studioFields.claims, [], '至少选一项'],
    [studioFields.claims, ['flying'], '有的选项不在名单里，请重新选择'],
    [studioFields.claims, 'teaching', '这一项的内容读不出来，请重新填写'],
    [studioFields.titlesHeld, ['none', 'studio'], '“以上都没有”不能和其他选项一起选'],
    [studioFields.premises, [], '还没有拍照'],
    [studioFields.premises, [{ id: 'a' }], '还没有拍照'],
    [studioFields.licence, undefined, '还没有拍照或选择文件'],
    [studioFields.idCard, [1, 2, 3].map((id) => ({ id, file })), '最多 2 张，现在 3 张，请删去 1 张'],
    [studioFields.premises, [{ id: 'a', file: { ...file, type: 'application/pdf' } }], '这里只收照片，不收 PDF，请换成照片'],
    [studioFields.members, [], '至少填一行'],
    [studioFields.members, 'x', '这一项的内容读不出来，请重新填写'],
    [studioFields.awards, Array.from({ length: 21 }, (_, i) => ({ id: `${i}`, project: '甲', award: '乙', grantor: '丙', year: 2020 })), '最多 20 行，现在 21 行，请删去 1 行'],
  ])('%#: %o', (field, value, message) => {
    expect(said(field, value)).toContain(message)
  })

  it('one message at a time', () => {
    expect(said(simple('idNumber'), '7')).toHaveLength(1)
    expect(said(studioFields.premises, 'x')).toHaveLength(1)
    expect(said(studioFields.members, 'x')).toHaveLength(1)
  })
})

it('a single field can be looked at without the schema', () => {
  expect(isMissing(studioFields.healthy, false)).toBe(true)
  expect(missingText(studioFields.healthy)).toBe('请读完再勾选')
  expect(faultOf(studioFields.idNumber, '110105194912310021', call2021)).toContain('最后一位对不上')
})

describe('a form', () => {
  const fields = {
    joint: { kind: 'yesNo', label: '合作' },
    partner: { kind: 'text', label: '院校', required: true, max: 4, when: { field: 'joint', in: [true] } },
    from: { kind: 'month', label: '起' },
    to: { kind: 'month', label: '止', open: true },
  } as const satisfies Fields
  const check = (answers: Record<string, unknown>) => schemaOf(fields, call2021).isValidSync(answers, { strict: true })

  it('checks what is asked, and nothing else', () => {
    expect(check({ joint: true })).toBe(false)
    expect(check({ joint: true, partner: '某学院' })).toBe(true)
    expect(check({ joint: false })).toBe(true)
    expect(check({ joint: false, partner: '一所名字很长的学院' })).toBe(true)
    expect(check({ partner: 7 })).toBe(true)
  })

  it('knows which month comes first', () => {
    expect(check({ from: '2016-03', to: '2016-03' })).toBe(true)
    expect(check({ from: '2016-03', to: 'now' })).toBe(true)
    expect(check({ from: '2016-03', to: '2016-02' })).toBe(false)
    expect(check({ to: '2016-02' })).toBe(true)
  })

  it('leaves keys alone that it does not know, named like parts of an object too', () => {
    const answers = JSON.parse('{"__proto__": {"joint": true}, "constructor": 7, "toString": null, "later": "x"}') as Record<string, unknown>
    expect(check(answers)).toBe(true)
  })

  it('of another closing day is another schema', () => {
    const later = { ...call2021, closingDay: '2022-04-25' }
    expect(schemaOf(fields, later).isValidSync({ from: '2022-01' }, { strict: true })).toBe(true)
    expect(check({ from: '2022-01' })).toBe(false)
  })
})
