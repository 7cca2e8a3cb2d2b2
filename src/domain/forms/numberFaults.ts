/** What is wrong with a date, a number or a code, in words that tell how to mend it; null when nothing is. */
import type { Call } from '../calls/call'
import { isRealDate } from '../rules/dates'
import { birthDateOf, idNumberFault } from '../rules/idNumber'
import { usccFault } from '../rules/uscc'
import type { SimpleField, SimpleKind } from './kinds'

type Fault = (text: string, field: SimpleField, call: Pick<Call, 'closingDay'>) => string | null

export const numberFaults = {
  number(text, { min, max }) {
    if (!/^-?\d{1,15}(\.\d{1,6})?$/.test(text)) return '请填数字，例如 38'
    if (text.includes('.')) return '请填整数，不要带小数'
    const value = Number(text)
    if (min !== undefined && max !== undefined && (value < min || value > max)) return `应在 ${min} 到 ${max} 之间，请检查`
    if (min !== undefined && value < min) return `不能小于 ${min}，请检查`
    return max !== undefined && value > max ? `不能大于 ${max}，请检查` : null
  },
  date(text, { future }, { closingDay }) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return '请按“年-月-日”填写，例如 2016-05-20'
    if (!isRealDate(text)) return '没有这一天，请检查年、月、日'
    if (text < '1900') return '年份太早了，请检查'
    if (text > '2100') return '年份太晚了，请检查'
    return !future && text > closingDay ? `不能晚于申报截止日 ${closingDay}，请检查` : null
  },
  month(text, { future, open }, { closingDay }) {
    if (text === 'now') return open ? null : '这里不能填“至今”，请填年和月'
    if (!/^\d{4}-\d{2}$/.test(text)) return `请按“年-月”填写，例如 1995-08${open ? '，现在还在就选“至今”' : ''}`
    if (!isRealDate(`${text}-01`)) return '没有这个月份，请检查'
    if (text < '1900') return '年份太早了，请检查'
    if (text > '2100') return '年份太晚了，请检查'
    return !future && text > closingDay.slice(0, 7) ? `不能晚于申报截止的月份 ${closingDay.slice(0, 7)}，请检查` : null
  },
  idNumber(text, _, { closingDay }) {
    const fault = idNumberFault(text)
    if (fault === 'length') return `身份证号码是 18 位，现在是 ${text.length} 位，请检查`
    if (fault === 'characters') return '身份证号码只能是数字，最后一位可以是 X'
    if (fault === 'date' || (birthDateOf(text) ?? '') > closingDay)
      return '身份证号码第 7 至 14 位不是真实的出生日期，请对照身份证检查'
    return fault === 'check' ? '身份证号码最后一位对不上，请对照身份证再检查一遍' : null
  },
  uscc(text) {
    const fault = usccFault(text)
    if (fault === 'length') return `统一社会信用代码是 18 位，现在是 ${text.length} 位，请对照证照检查`
    if (fault === 'characters') return '代码里只有数字和大写字母，没有 I、O、S、V、Z，看看是不是 1、0、5、2'
    return fault === 'check' ? '统一社会信用代码对不上，请对照证照一位一位再检查一遍' : null
  },
  phone(text) {
    if (/^1[3-9]\d{9}$/.test(text)) return null
    if (!/^\d+$/.test(text)) return '手机号只能是数字，请检查'
    return text.length === 11 ? '手机号应以 13 至 19 开头，请检查' : `手机号是 11 位，现在是 ${text.length} 位，请检查`
  },
  landline(text) {
    if (/^1[3-9]\d{9}$/.test(text) || /^[48]00-?\d{3}-?\d{4}$/.test(text)) return null
    if (/^0\d{2,3}-\d{7,8}(-\d{1,6})?$/.test(text)) return null
    return /^\d{7,8}(-\d{1,6})?$/.test(text) ? '请加上区号，例如 0510-80000000' : '请填手机号，或带区号的座机号，例如 0510-80000000'
  },
  bankCard(text) {
    if (!/^\d+$/.test(text)) return '银行卡号只能是数字，请检查'
    return text.length < 16 || text.length > 19 ? `银行卡号是 16 至 19 位，现在是 ${text.length} 位，请检查` : null
  },
  bankAccount(text) {
    if (!/^\d+$/.test(text)) return '银行账号只能是数字，请检查'
    return text.length < 8 || text.length > 30 ? `银行账号是 8 至 30 位，现在是 ${text.length} 位，请检查` : null
  },
  email(text) {
    if (/[\p{sc=Han}\uFF01-\uFFEF\u3000-\u303F]/u.test(text)) return '邮箱里不能有汉字或中文标点，请检查'
    if (!text.includes('@')) return '邮箱里要有 @，例如 12345678@qq.com'
    return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/.test(text)
      ? null
      : '邮箱写得不完整，例如 12345678@qq.com'
  },
  qq(text) {
    return /^[1-9]\d{4,11}$/.test(text) ? null : 'QQ号是 5 至 12 位数字，请检查'
  },
  postcode(text) {
    return /^\d{6}$/.test(text) ? null : '邮政编码是 6 位数字，例如 214000'
  },
} as const satisfies Partial<Record<SimpleKind, Fault>>
