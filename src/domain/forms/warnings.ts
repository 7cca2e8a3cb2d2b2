/** What is worth a second look, but keeps nobody from submitting. */
import type { AnyAnswers } from '../answers'
import type { Call } from '../calls/call'
import { addYears } from '../rules/dates'
import { birthDateOf } from '../rules/idNumber'
import { luhnPasses } from '../rules/luhn'
import { unprovenClaims } from './claims'
import { isAsked, isEmpty, type Field, type Form, type Material } from './kinds'

export interface Warning {
  /** A sync path. */
  path: string
  message: string
}

/** 2 inches at 300 dpi, and the two other heights that are in use. */
const PORTRAIT_HEIGHTS = new Set([579, 626, 531])
const PORTRAIT_WIDTH = 413
/** Nobody could be employed younger. */
const WORKING_AGE = 16

export function warningsOf(form: Form, answers: AnyAnswers, call: Call): Warning[] {
  const fields = Object.entries(form.fields).filter(([, field]) => isAsked(field, answers))
  return [
    ...fields.flatMap(([name, field]) => [...cardWarning(name, field, answers), ...photoWarnings(name, field, answers)]),
    ...startWarning(answers),
    ...awardWarnings(form, answers, call),
    ...memberWarnings(form, answers),
    ...claimWarnings(form, answers),
  ]
}

function cardWarning(name: string, field: Field, answers: AnyAnswers): Warning[] {
  const card = answers[name]
  if (field.kind !== 'bankCard' || typeof card !== 'string' || !/^\d{16,19}$/.test(card) || luhnPasses(card)) return []
  return [{ path: name, message: '卡号可能抄错了，请对照银行卡再看一遍；确实没错可以不改' }]
}

function photoWarnings(name: string, field: Field, answers: AnyAnswers): Warning[] {
  if (field.kind !== 'photos') return []
  const photos = listOf(answers[name]) as unknown as Material[]
  const kept = photos.filter(({ file }) => file)
  const warnings: Warning[] = []
  if (kept.length > 0 && kept.length < photos.length)
    warnings.push({ path: name, message: '有一张还没有保存好，请稍等；一直不好就删掉重拍' })
  if (name === 'idCard' && kept.length === 1 && kept[0]?.file?.type === 'image/jpeg')
    warnings.push({ path: name, message: '只有一张，身份证的正面和背面都要有' })
  const portrait = field.accept === 'portrait' ? kept[0]?.file : undefined
  if (portrait && !(portrait.width === PORTRAIT_WIDTH && PORTRAIT_HEIGHTS.has(portrait.height ?? 0)))
    warnings.push({ path: name, message: '照片还不是 2 寸的尺寸，请重新框一下头和肩' })
  return warnings
}

function startWarning({ idNumber, startedWork }: AnyAnswers): Warning[] {
  const born = birthDateOf(idNumber)
  if (!born || typeof startedWork !== 'string' || !/^\d{4}-\d{2}$/.test(startedWork)) return []
  if (startedWork >= addYears(born, WORKING_AGE).slice(0, 7)) return []
  return [{ path: 'startedWork', message: `那时还不满 ${WORKING_AGE} 周岁，请检查；确实如此可以不改` }]
}

function awardWarnings(form: Form, answers: AnyAnswers, call: Call): Warning[] {
  if (form.award !== 'studio') return []
  const since = Number(call.recentSince.slice(0, 4))
  return listOf(answers.awards).flatMap(({ id, year }) =>
    isEmpty(year) || Number(year) >= since || Number.isNaN(Number(year))
      ? []
      : [{ path: `awards/${String(id)}/year`, message: `这里填近五年的奖，从 ${since} 年起；更早的评审时可能不计` }],
  )
}

/** 其他人员 are those beside the leader: counting somebody twice would make the team look larger than it is. */
function memberWarnings(form: Form, answers: AnyAnswers): Warning[] {
  if (form.award !== 'studio') return []
  const seen = new Set<string>()
  return listOf(answers.members).flatMap(({ id, name }) => {
    if (typeof name !== 'string' || isEmpty(name)) return []
    const path = `members/${String(id)}/name`
    if (name === answers.leaderName) return [{ path, message: '这里只填领办人以外的人' }]
    if (seen.has(name)) return [{ path, message: '这个名字前面已经有了，请检查；同名的人可以不改' }]
    seen.add(name)
    return []
  })
}

function claimWarnings(form: Form, answers: AnyAnswers): Warning[] {
  const names = unprovenClaims(form.fields, answers).map(({ label }) => `“${label}”`)
  return names.length === 0 || isEmpty(answers.achievementProofs)
    ? []
    : [{ path: 'achievementProofs', message: `还没有哪份材料标明证明${names.join('、')}` }]
}

function listOf(value: unknown): AnyAnswers[] {
  return Array.isArray(value) ? value.filter((one): one is AnyAnswers => typeof one === 'object' && one !== null) : []
}
