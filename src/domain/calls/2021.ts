/** The notice of 16 March 2021 as data. Where it is silent, the readings are named beside the value. */
import type { Call } from './call'
import { quotas2021, subLimits2021 } from './quotas2021'

export const call2021: Call = {
  id: '2021',
  title: '2021年无锡市技能大师工作室、企业首席技师推荐评定',
  demonstration: false,
  // The notice names no first day: its own date is taken.
  opensAt: '2021-03-16T00:00:00+08:00',
  // 4月25日24:00 (notice, 四), half-open.
  closesAt: '2021-04-26T00:00:00+08:00',
  closingDay: '2021-04-25',
  reviews: { district: '2021-05-10', centre: '2021-05-20', city: '2021-05-30', panel: '2021-06-30' },
  recentSince: '2016-01-01',
  // leader: 一(三); the working ages are the law's of that year, which 二(一) refers to.
  ages: { leader: 55, lowest: 16, men: 60, womenStaff: 55, womenWorkers: 50 },
  studioYears: 2,
  teamSize: 5,
  quotas: quotas2021,
  subLimits: subLimits2021,
  awards: { studio: { number: 10, hard: false }, technician: { number: 30, hard: true } },
  // 五(一): 50,000 once, of which 10,000 go to the leader's own card.
  amounts: { studioUnit: 40_000, studioLeader: 10_000, studioExcellent: 20_000, technician: 10_000 },
  ownPayers: ['江阴市', '宜兴市'],
  // The notice only says 公示; five working days are the custom.
  noticeDays: 5,
  // The notice is silent: our reading, see docs/decisions/0012-retention.md.
  retention: { draft: 1, submitted: 3, awarded: 10 },
}
