/** An answer as the printed form shows it: in words. */
import type { Field, PlainDate } from '../domain/forms/kinds'

/** `2016年05月20日`; anything but a whole date stands as it was typed. */
export function dayInWords(day: PlainDate): string {
  return day.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$1年$2月$3日')
}

/** `2016年03月`; `now` is 至今. */
export function monthInWords(month: string): string {
  return month === 'now' ? '至今' : month.replace(/^(\d{4})-(\d{2})$/, '$1年$2月')
}

/** `2016.03`, for narrow columns; `now` is 至今. */
export function monthInShort(month: string): string {
  return month === 'now' ? '至今' : month.replace(/^(\d{4})-(\d{2})$/, '$1.$2')
}

/** Never throws: a draft may hold a value of any shape, and what has no words prints as nothing. */
export function inWords(field: Field, value: unknown): string {
  if (field.kind === 'address') return addressInWords(value)
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const text = String(value).trim()
  if (field.kind === 'choice') return field.options.find((option) => option.value === text)?.label ?? text
  if (field.kind === 'date' || field.kind === 'derived') return dayInWords(text)
  return field.kind === 'month' ? monthInWords(text) : text
}

function addressInWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  const { region, detail } = value as { region?: unknown; detail?: unknown }
  return [region, detail].map((part) => (typeof part === 'string' ? part.trim() : '')).join('')
}
