/** Calls for trying the app: a notice with its dates moved so that it is open now. Nothing is stored. */
import type { PlainDate } from '../forms/kinds'
import { addDays, addYears, beijingDay, isRealDate } from '../rules/dates'
import type { Call, Instant } from './call'

/** Whoever starts now has at least these days left. */
const LEAST_DAYS = 10
const CLOSES_ON = '25'

/** The call that is open at `nowMs`: it closes on the first 25th at least ten days away, by Beijing's calendar. */
export function demonstrationCall(base: Call, nowMs: number): Call {
  const earliest = addDays(beijingDay(nowMs), LEAST_DAYS)
  const sameMonth = `${earliest.slice(0, 8)}${CLOSES_ON}`
  return movedTo(base, earliest <= sameMonth ? sameMonth : addDays(`${earliest.slice(0, 8)}28`, 7).slice(0, 8) + CLOSES_ON)
}

/** The demonstration call of this id (`demo-2026-12`), whatever day it is; null when the id is none. */
export function demonstrationById(base: Call, id: string): Call | null {
  const closingDay = `${/^demo-((?:19|2\d)\d{2}-\d{2})$/.exec(id)?.[1] ?? ''}-${CLOSES_ON}`
  return isRealDate(closingDay) ? movedTo(base, closingDay) : null
}

function movedTo(base: Call, closingDay: PlainDate): Call {
  const days = (Date.parse(closingDay) - Date.parse(base.closingDay)) / 86_400_000
  const years = Number(closingDay.slice(0, 4)) - Number(base.closingDay.slice(0, 4))
  const day = (plain: PlainDate) => addDays(plain, days)
  const instant = (at: Instant): Instant => day(at.slice(0, 10)) + at.slice(10)
  const [year, month] = closingDay.split('-')
  return {
    ...base,
    id: `demo-${year}-${month}`,
    title: `演示批次（${year}年${Number(month)}月）无锡市技能大师工作室、企业首席技师推荐评定`,
    demonstration: true,
    opensAt: instant(base.opensAt),
    closesAt: instant(base.closesAt),
    closingDay,
    reviews: {
      district: day(base.reviews.district),
      centre: day(base.reviews.centre),
      city: day(base.reviews.city),
      panel: day(base.reviews.panel),
    },
    // 近五年 counts whole calendar years.
    recentSince: addYears(base.recentSince, years),
  }
}
