/** Who may apply for a studio: S1–S9, from part 一 of the notice. Ages and numbers are the call's. */
import type { Call } from '../calls/call'
import { studioName } from '../forms/studio/unit'
import { addYears, fullYears } from './dates'
import type { StudioFacts } from './facts'
import { claimsVerdict, condition, onlyOneVerdict, qualificationVerdict, realDay } from './sharedRules'
import type { Verdict } from './verdict'

/** One verdict per condition, in their order; what isn't answered yet is 待确认. */
export function studioVerdicts(facts: StudioFacts, call: Call): Verdict[] {
  return [
    runningVerdict(facts, call),
    teamVerdict(facts, call),
    leaderAgeVerdict(facts, call),
    qualificationVerdict(condition('S4', '领办人二级（技师）以上，或同等技能水平', '一(三)'), facts),
    claimsVerdict(condition('S5', '五项条件至少具备一项', '一(三)1-5'), facts),
    onlyOneVerdict(condition('S6', '同一单位同一专业（工种）只设一个', '一(三)'), facts),
    nameVerdict(facts),
    healthVerdict(facts),
    jointVerdict(facts),
  ]
}

/** S1: founded on or before the closing day two years earlier, with premises, hosted by a body that the notice names. */
function runningVerdict({ foundedOn, premises, namedHost }: StudioFacts, { closingDay, studioYears }: Call): Verdict {
  const judge = condition('S1', `正常运行满 ${studioYears} 年，有固定场所和设备`, '一(二)、一(三)')
  const latest = addYears(closingDay, -studioYears)
  const founded = realDay(foundedOn)
  if (founded && founded > latest) return judge('failed', `${founded} 成立，要在 ${latest} 或以前成立才满 ${studioYears} 年`)
  if (premises === false) return judge('failed', '要有固定的场所和必要的设备')
  if (!founded) return judge('unsure', '工作室成立时间还没有填')
  if (premises === undefined) return judge('unsure', '场地和设备情况还没有填')
  if (namedHost === undefined) return judge('unsure', '工作室依托的载体还没有填')
  if (!namedHost) return judge('unsure', '依托的载体不在通知列出的几类里，由评审确认')
  return judge('met', `${founded} 成立，已满 ${studioYears} 年`)
}

/** S2: the annex has rows for as many others as the team must have; with one fewer it is a matter of counting the leader. */
function teamVerdict({ others }: StudioFacts, { teamSize }: Call): Verdict {
  const judge = condition('S2', `团队成员不少于 ${teamSize} 人`, '一(三)')
  if (others === undefined) return judge('unsure', '团队成员还没有填')
  if (others >= teamSize) return judge('met', `领办人以外有 ${others} 人`)
  if (others === teamSize - 1) return judge('unsure', `领办人以外有 ${others} 人，加上领办人是 ${teamSize} 人，是否算满由评审确认`)
  return judge('failed', `领办人以外只有 ${others} 人，还差 ${teamSize - others} 人`)
}

/** S3: the birthday itself still passes; the months after it are for people to judge (不超过 55 周岁 is read both ways). */
function leaderAgeVerdict({ bornOn }: StudioFacts, { closingDay, ages }: Call): Verdict {
  const judge = condition('S3', `领办人年龄不超过 ${ages.leader} 周岁`, '一(三)')
  const born = realDay(bornOn)
  if (!born || born > closingDay) return judge('unsure', '领办人的出生日期还没有填')
  const years = fullYears(born, closingDay)
  const reason = `到 ${closingDay} 为 ${years} 周岁`
  if (born >= addYears(closingDay, -ages.leader)) return judge('met', reason)
  if (years <= ages.leader) return judge('unsure', `${reason}零几个月，是否算超过由评审确认`)
  return judge('failed', `${reason}，超过 ${ages.leader} 周岁`)
}

/** S7: the app composes the name, so that it can't be wrong. */
function nameVerdict({ leaderName }: StudioFacts): Verdict {
  const judge = condition('S7', '工作室名称符合规定格式', '四(一)2(2)')
  return judge('met', leaderName ? `名称为“${studioName(leaderName)}”` : '名称由系统按规定格式组成，不用自己起')
}

/** S8; 个人自荐 is allowed, the unit's district then recommends. */
function healthVerdict({ healthy, selfNominated }: StudioFacts): Verdict {
  const judge = condition('S8', '身体健康，能够承担工作室日常工作', '一(三)')
  if (healthy === false) return judge('failed', '领办人要身体健康，能够承担工作室日常工作')
  if (healthy === undefined) return judge('unsure', '健康声明还没有勾选')
  return judge('met', selfNominated ? '已声明；个人自荐由单位所在区推荐' : '已声明')
}

/** S9: joint studios are encouraged, not asked for; they need two papers more. */
function jointVerdict({ joint, jointPapers }: StudioFacts): Verdict {
  const judge = condition('S9', '校企合作共建（鼓励，不是必须）', '一(三)、四(一)2(3)')
  if (!joint) return judge('met', '不是必须的；校企合作共建的要多交两份材料')
  return jointPapers
    ? judge('met', '校企合作共建，两份材料已附上')
    : judge('unsure', '还要附上校企合作协议书和院校的法人登记证')
}
