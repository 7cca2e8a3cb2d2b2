/** Calendar arithmetic on plain days. No clock is read here: today and the closing day are arguments. */
import type { PlainDate } from '../forms/kinds'

/** Whether `YYYY-MM-DD` names a day that exists. */
export function isRealDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return false
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])))
  return date.toISOString().slice(0, 10) === text
}

/** Full years (周岁) that somebody born on `bornOn` has on `day`: the birthday itself counts. */
export function fullYears(bornOn: PlainDate, day: PlainDate): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** The same day `days` later (or earlier). */
export function addDays(day: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day `years` later (or earlier); 29 February becomes 28 where there is none. */
export function addYears(day: PlainDate, years: number): PlainDate {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  return isRealDate(moved) ? moved : `${moved.slice(0, 8)}28`
}

/** The day in Beijing (UTC+8, no summer time) at an instant in milliseconds. */
export function beijingDay(ms: number): PlainDate {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** `2026-11-22 14:05:09` in Beijing. */
export function beijingTime(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}
