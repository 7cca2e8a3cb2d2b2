/** Numbers of invented people and units, with check digits that hold. Nothing random: the same input, the same number. */
import type { PlainDate } from '../../src/domain/forms/kinds'

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const USCC_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * A resident identity number (GB 11643-1999).
 * @param area six digits; 320282 is 宜兴, 320214 新吴. @param sequence two digits before the one that tells the sex.
 */
export function idNumber(birth: PlainDate, sex: '男' | '女', area = '320282', sequence = '97'): string {
  const body = `${area}${birth.replaceAll('-', '')}${sequence}${sex === '男' ? 9 : 8}`
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0)
  return body + '10X98765432'[sum % 11]
}

/**
 * A unified social credit code (GB 32100-2015).
 * @param registered its first eight digits: 91 company or 12 institution, then the area.
 * @param organisation eight capitals or digits of the organisation's own code (GB 11714), whose check is added.
 */
export function uscc(registered = '91320282', organisation = 'MA0EXA01'): string {
  const own = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * parseInt(organisation[i] ?? '0', 36), 0)
  const body = registered + organisation + '0123456789X0'[11 - (own % 11)]
  const sum = [...body].reduce((total, letter, i) => total + 3 ** i * USCC_LETTERS.indexOf(letter), 0)
  return body + USCC_LETTERS[(31 - (sum % 31)) % 31]
}

/** A personal bank card of 19 digits that passes Luhn (ISO/IEC 7812). */
export function bankCard(start = '622200110300000001'): string {
  const doubled = [...start].reverse().map((digit, i) => (i % 2 === 0 ? Number(digit) * 2 : Number(digit)))
  const sum = doubled.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
  return start + String((10 - (sum % 10)) % 10)
}
