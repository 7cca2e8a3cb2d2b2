/** The conditions that both awards have in common, with the studio's or the technician's number and clause. */
import { isRealDate } from './dates'
import type { StudioFacts } from './facts'
import type { Result, Verdict } from './verdict'

/** Names a condition once; the result is a function that judges it. */
export function condition(id: string, title: string, clause: string) {
  return (result: Result, reason: string): Verdict => ({ condition: id, title, result, reason, clause: `通知 ${clause}` })
}
type Judge = ReturnType<typeof condition>

/** A day that exists, else undefined: what is half typed counts as not answered. */
export function realDay(day: string | undefined): string | undefined {
  return day !== undefined && isRealDate(day) ? day : undefined
}

/** 二级 (技师) and above by the ladder of 2021, and the two grades above 一级 that exist since 2022. */
const HIGH_ENOUGH = new Set(['二级', '一级', '特级技师', '首席技师'])
const EQUIVALENT = '同等水平'

/** S4 and T3: the smaller the grade's number, the higher. */
export function qualificationVerdict(judge: Judge, { qualification, grounds }: StudioFacts): Verdict {
  if (qualification === undefined) return judge('unsure', '职业资格及等级还没有填')
  if (HIGH_ENOUGH.has(qualification)) return judge('met', `${qualification}，达到二级（技师）以上`)
  if (qualification !== EQUIVALENT) return judge('failed', `${qualification}低于二级（技师）`)
  return judge('unsure', grounds ? '按同等技能水平申报，依据由评审核实' : '按同等技能水平申报，还要写明依据并附材料')
}

/** S5 and T5: at least one, each with a statement and evidence. */
export function claimsVerdict(judge: Judge, { claims, unstated = [], unproven = [] }: StudioFacts): Verdict {
  if (claims === undefined) return judge('unsure', '具备的申报条件还没有填，至少要有一项')
  if (claims.length === 0) return judge('failed', '所列条件至少要具备一项')
  if (unstated.length > 0) return judge('unsure', `${quoted(unstated)}还要写说明`)
  if (unproven.length > 0) return judge('unsure', `${quoted(unproven)}还没有标明由哪份材料证明`)
  return judge('met', `具备${quoted(claims)}`)
}

/** S6 and T6: one per unit and trade, past awards included; nobody gets the same title twice. */
export function onlyOneVerdict(judge: Judge, { held, tradeTaken }: StudioFacts): Verdict {
  if (held) return judge('failed', '您已经获得过这个称号，不能重复申报')
  if (tradeTaken) return judge('failed', '本单位同一专业（工种）已有获得者，只设一个')
  if (held === undefined) return judge('unsure', '已获得的称号还没有填')
  return tradeTaken === false
    ? judge('met', '本单位同一专业（工种）还没有人获得')
    : judge('unsure', '同一单位同一专业（工种）只设一个，由初审核对是否已有')
}

const quoted = (labels: readonly string[]) => labels.map((label) => `“${label}”`).join('、')
