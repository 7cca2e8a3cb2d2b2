/** Who may apply as chief technician: T1–T7, from part 二 of the notice. Ages are the call's: the law changes them. */
import type { Call } from '../calls/call'
import { fullYears } from './dates'
import type { TechnicianFacts } from './facts'
import { claimsVerdict, condition, onlyOneVerdict, qualificationVerdict, realDay } from './sharedRules'
import type { Verdict } from './verdict'

/** One verdict per condition, in their order; what isn't answered yet is 待确认. */
export function technicianVerdicts(facts: TechnicianFacts, call: Call): Verdict[] {
  return [
    loyaltyVerdict(facts),
    workingAgeVerdict(facts, call),
    qualificationVerdict(condition('T3', '二级（技师）以上，或同等技能水平', '二(一)'), facts),
    frontLineVerdict(facts),
    claimsVerdict(condition('T5', '四项条件至少具备一项', '二(一)1-4'), facts),
    onlyOneVerdict(condition('T6', '同一企业同一专业（工种）只设一个', '二(一)'), facts),
    publicityVerdict(facts),
  ]
}

/** T1 */
function loyaltyVerdict({ loyal }: TechnicianFacts): Verdict {
  const judge = condition('T1', '热爱祖国、遵纪守法、爱岗敬业', '二(一)')
  if (loyal === undefined) return judge('unsure', '思想品德声明还没有勾选')
  return loyal ? judge('met', '已声明') : judge('failed', '要热爱祖国、遵纪守法、爱岗敬业')
}

/** T2: old enough, and not yet of retirement age; a woman's depends on her post. */
function workingAgeVerdict({ bornOn, sex, postKind }: TechnicianFacts, { closingDay, ages }: Call): Verdict {
  const judge = condition('T2', '在法定劳动年龄内', '二(一)')
  const born = realDay(bornOn)
  if (!born || born > closingDay) return judge('unsure', '出生日期还没有填')
  const years = fullYears(born, closingDay)
  const reason = `到 ${closingDay} 为 ${years} 周岁`
  if (years < ages.lowest) return judge('failed', `${reason}，要满 ${ages.lowest} 周岁`)
  const [earliest, latest] = retirement(sex, postKind, ages)
  if (years < earliest) return judge('met', reason)
  if (years >= latest) return judge('failed', `${reason}，已到法定退休年龄 ${latest} 周岁`)
  return judge('unsure', sex === undefined ? `${reason}，性别还没有填` : `${reason}，要按岗位性质确认`)
}

/** The ages at which this person retires at the earliest and at the latest, by what is known. */
function retirement(sex: TechnicianFacts['sex'], postKind: string | undefined, ages: Call['ages']): [number, number] {
  if (sex === '男') return [ages.men, ages.men]
  if (sex === undefined) return [ages.womenWorkers, ages.men]
  if (postKind === 'worker') return [ages.womenWorkers, ages.womenWorkers]
  if (postKind === 'staff') return [ages.womenStaff, ages.womenStaff]
  return [ages.womenWorkers, ages.womenStaff]
}

/** T4: in a skilled front-line post of an enterprise in Wuxi, or as 工勤 of a public institution. */
function frontLineVerdict({ frontLine, employerKind }: TechnicianFacts): Verdict {
  const judge = condition('T4', '在无锡企业生产一线（含事业单位工勤岗位）直接从事技能工作', '二(一)')
  if (frontLine === false) return judge('failed', '要在生产一线岗位直接从事技能工作')
  if (frontLine === undefined) return judge('unsure', '是否在生产一线岗位还没有填')
  if (employerKind === undefined) return judge('unsure', '单位性质还没有填')
  if (employerKind === 'enterprise') return judge('met', '在企业生产一线岗位')
  if (employerKind === 'institution') return judge('met', '在事业单位工勤岗位')
  return judge('unsure', '单位不是企业或事业单位，由初审确认')
}

/** T7: publicity inside the unit comes before its opinion and seal. */
function publicityVerdict({ noticeFrom, noticeTo }: TechnicianFacts): Verdict {
  const judge = condition('T7', '个人报名，经所在单位公示', '四(二)')
  const from = realDay(noticeFrom)
  const to = realDay(noticeTo)
  if (!from || !to || to < from) return judge('unsure', '单位公示的起止日期还没有填好；提交前要在单位公示')
  return judge('met', `${from} 至 ${to} 在单位公示`)
}
