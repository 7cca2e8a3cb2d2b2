/** Resident identity number, GB 11643-1999: 17 digits and a check character. */
import type { PlainDate } from '../forms/kinds'
import { isRealDate } from './dates'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Why a number can't be right, or null. Area codes are never refused: abolished ones stay valid. */
export function idNumberFault(text: string): 'length' | 'characters' | 'date' | 'check' | null {
  const number = text.toUpperCase()
  if (number.length !== 18) return 'length'
  if (!/^\d{17}[\dX]$/.test(number)) return 'characters'
  if (!isRealDate(dateIn(number))) return 'date'
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return CHECKS[sum % 11] === number[17] ? null : 'check'
}

/** The birth date in a valid number, else null. */
export function birthDateOf(number: unknown): PlainDate | null {
  return typeof number === 'string' && idNumberFault(number) === null ? dateIn(number) : null
}

/** The sex in a valid number, else null: an odd 17th digit is 男. */
export function sexOf(number: unknown): '男' | '女' | null {
  if (typeof number !== 'string' || idNumberFault(number) !== null) return null
  return Number(number[16]) % 2 === 1 ? '男' : '女'
}

function dateIn(number: string): PlainDate {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}
