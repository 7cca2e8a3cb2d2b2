/** What people type and paste, brought into one form. Nothing is refused here: what can't be read stays as typed. */
import type { Field, SimpleKind } from './kinds'

/**
 * Control characters, half pairs of a surrogate (PostgreSQL and RFC 8785 refuse them), and the invisible
 * ones that come with pasted text; the joiner inside emoji stays.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cs}\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu
/** A joiner between digits or letters hides in numbers. */
const JOINERS = /[\u200C\u200D]/g
const DASHES = /[-‐‑‒–—―−－ー]/g

/**
 * The text to keep for what was typed into `field`. Idempotent. Chinese text stays as it is but for blanks
 * at its ends and invisible characters; numbers, dates and codes become half-width and lose their blanks.
 * Dates become `2016-03-15`, months `2016-03` or `now` (至今) where they can be read.
 */
export function normalise(field: Field, raw: string): string {
  const rule = Object.hasOwn(rules, field.kind) ? rules[field.kind as SimpleKind] : undefined
  const text = (rule ?? oneLine)(raw)
  const unit = field.kind === 'number' && field.unit ? field.unit : ''
  return unit && text.endsWith(unit) ? normalise(field, text.slice(0, -unit.length)) : text
}

/** The answer to keep for a typed number: a number where the text is one, else the text, so that nothing is lost. */
export function numberOrText(text: string): number | string {
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? Number(text) : text
}

const oneLine = (raw: string) => raw.replace(/[\t\n\r\v\f\u2028\u2029]+/g, ' ').replace(INVISIBLE, '').trim()

const manyLines = (raw: string) =>
  raw
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .trim()

/** Half-width, without blanks or invisible characters. */
const code = (raw: string) => halfWidth(raw.replace(INVISIBLE, '').replace(JOINERS, '')).replace(/\s/g, '')
const digits = (raw: string) => code(raw).replace(DASHES, '')
const upper = (raw: string) => digits(raw).toUpperCase()

const rules: Partial<Record<SimpleKind, (raw: string) => string>> = {
  longText: manyLines,
  number: code,
  date: plainDate,
  month: plainMonth,
  idNumber: upper,
  uscc: upper,
  phone: (raw) => mobile(digits(raw)),
  landline: landline,
  bankCard: digits,
  bankAccount: digits,
  // 。 is what a Chinese keyboard gives for a dot.
  email: (raw) => code(raw).replace(/。/g, '.'),
  qq: digits,
  postcode: digits,
}

/** Full-width ASCII (GB 2312 row 3) and the ideographic space to their half-width twins. */
function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')
}

function mobile(text: string): string {
  return text.replace(/[()]/g, '').replace(/^(?:\+?86|0086)(?=1[3-9]\d{9}$)/, '')
}

function landline(raw: string): string {
  const text = code(raw)
    .replace(DASHES, '-')
    .replace(/转|ext\.?/gi, '-')
    .replace(/^\+?86-?(?=0\d{2,3}|1[3-9])/, (prefix) => (prefix.startsWith('+') ? '' : prefix))
    .replace(/^\((\d+)\)-?/, '$1-')
  const plain = mobile(text.replace(/-/g, ''))
  if (/^1[3-9]\d{9}$/.test(plain)) return plain
  // 051080000000: the area code is told apart by its length (010 and 02x have three digits).
  const joined = /^(01\d|02\d|0[3-9]\d{2})(\d{7,8})$/.exec(text)
  return joined ? `${joined[1]}-${joined[2]}` : text
}

function plainDate(raw: string): string {
  const text = code(raw).replace(DASHES, '-')
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{2})(\d{2}))$/.exec(text)
  return match ? `${match[1]}-${two(match[2] ?? match[4])}-${two(match[3] ?? match[5])}` : text
}

function plainMonth(raw: string): string {
  const text = code(raw).replace(DASHES, '-')
  if (/^(至今|现在|目前|now)$/i.test(text)) return 'now'
  const match = /^(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))$/.exec(text)
  if (match) return `${match[1]}-${two(match[2] ?? match[3])}`
  const day = plainDate(raw)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day.slice(0, 7) : text
}

const two = (part: string | undefined) => (part ?? '').padStart(2, '0')
