import type { Award, PlainDate } from '../forms/kinds'
import type { Quota } from './quotas2021'

/** An instant with its offset, e.g. `2021-04-26T00:00:00+08:00`. */
export type Instant = string

/** A call (申报批次): everything that another year's or city's notice would change. */
export interface Call {
  /** `2021`; a demonstration call is `demo-2026-12`. */
  id: string
  title: string
  /** Shown with the title where the dates are not the notice's own: 演示批次. */
  demonstration: boolean
  opensAt: Instant
  /** Half-open: what the server received before this instant is on time. */
  closesAt: Instant
  /** The last whole day on which one can apply; ages and the two years are counted on it. */
  closingDay: PlainDate
  /** Last days of the review's steps. */
  reviews: { district: PlainDate; centre: PlainDate; city: PlainDate; panel: PlainDate }
  /** 近五年: entries before this day warn. */
  recentSince: PlainDate
  ages: {
    /** Full years that the leader may have at most. */
    leader: number
    lowest: number
    /** Retirement ages: the applicant must be younger. */
    men: number
    womenStaff: number
    womenWorkers: number
  }
  studioYears: number
  teamSize: number
  quotas: readonly Quota[]
  subLimits: readonly { name: string; trade: string; studio: number; technician: number }[]
  /** Titles awarded; a soft number may be passed with a reason. */
  awards: Record<Award, { number: number; hard: boolean }>
  /** Yuan. */
  amounts: { studioUnit: number; studioLeader: number; studioExcellent: number; technician: number }
  /** Bodies whose own finance bureaus pay. */
  ownPayers: readonly string[]
  /** Working days of the public notice. */
  noticeDays: number
  /** Years after the closing day for which applications are kept; then they are erased. */
  retention: { draft: number; submitted: number; awarded: number }
}
