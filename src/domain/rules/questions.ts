/** The one-minute self-check: a handful of questions, declared as fields, whose answers become the facts of the rules. */
import type { AnyAnswers } from '../answers'
import type { Call } from '../calls/call'
import type { Award, Field, Fields } from '../forms/kinds'
import { postKinds, qualificationLevels, studioClaims, technicianClaims } from '../forms/lists'
import type { StudioFacts, TechnicianFacts } from './facts'
import { studioVerdicts } from './studioRules'
import { technicianVerdicts } from './technicianRules'
import type { Verdict } from './verdict'

const none = { value: 'none', label: '以上都没有' } as const

const qualification = { kind: 'choice', label: '职业资格（技能等级）', required: true, options: qualificationLevels } as const

const taken = {
  kind: 'choice',
  label: '以前的获得情况',
  help: '您自己，或者本单位同一工种的同事，以前得过这个称号吗？',
  required: true,
  options: [
    { value: 'nobody', label: '都没有得过' },
    { value: 'myself', label: '我自己得过' },
    { value: 'colleague', label: '本单位同一工种已有人得过' },
    { value: 'unknown', label: '不清楚' },
  ],
} as const satisfies Field

export const studioQuestions = {
  foundedOn: { kind: 'date', label: '工作室成立时间', help: '以成立文件或挂牌日期为准。', example: '2016-05-20', required: true },
  premises: {
    kind: 'yesNo',
    label: '工作室设在无锡，有固定场地和设备',
    help: '设在企业、行业组织、研发中心、院校、传统技艺传承地或人才培养基地里。',
    required: true,
  },
  others: { kind: 'number', label: '团队人数', help: '不算领办人，有几个人。', example: '5', required: true, min: 0, max: 999, unit: '人' },
  bornOn: { kind: 'date', label: '领办人出生日期', example: '1970-08-16', required: true },
  qualification,
  claims: {
    kind: 'choices',
    label: '具备的申报条件',
    help: '有几项选几项。',
    required: true,
    options: [...studioClaims, none],
  },
  healthy: { kind: 'yesNo', label: '领办人身体健康，能承担工作室日常工作', required: true },
  taken,
} as const satisfies Fields

export const technicianQuestions = {
  bornOn: { kind: 'date', label: '出生日期', example: '1985-08-16', required: true },
  sex: {
    kind: 'choice',
    label: '性别',
    required: true,
    options: [
      { value: '男', label: '男' },
      { value: '女', label: '女' },
    ],
  },
  postKind: { kind: 'choice', label: '岗位性质', required: true, options: postKinds, when: { field: 'sex', in: ['女'] } },
  qualification,
  frontLine: {
    kind: 'yesNo',
    label: '在无锡的企业生产一线直接从事技能工作',
    help: '事业单位的工勤岗位也算。',
    required: true,
  },
  claims: {
    kind: 'choices',
    label: '具备的申报条件',
    help: '有几项选几项。',
    required: true,
    options: [...technicianClaims, none],
  },
  loyal: { kind: 'yesNo', label: '热爱祖国、遵纪守法、爱岗敬业', required: true },
  taken,
} as const satisfies Fields

/** The questions of an award, as fields: eight at most. */
export function questionsOf(award: Award): Fields {
  return award === 'studio' ? studioQuestions : technicianQuestions
}

/** What the answers of a self-check say; what wasn't answered stays missing. */
export function factsFromQuestions(award: 'studio', answers: AnyAnswers): StudioFacts
export function factsFromQuestions(award: 'technician', answers: AnyAnswers): TechnicianFacts
export function factsFromQuestions(award: Award, answers: AnyAnswers): StudioFacts | TechnicianFacts {
  const common = { bornOn: text(answers.bornOn), qualification: text(answers.qualification), ...claimed(award, answers), ...past(answers) }
  if (award === 'studio')
    return {
      ...common,
      foundedOn: text(answers.foundedOn),
      premises: yesOrNo(answers.premises),
      // The question names the hosts of the notice.
      namedHost: yesOrNo(answers.premises),
      others: count(answers.others),
      healthy: yesOrNo(answers.healthy),
    }
  const frontLine = yesOrNo(answers.frontLine)
  return {
    ...common,
    sex: answers.sex === '男' || answers.sex === '女' ? answers.sex : undefined,
    postKind: text(answers.postKind),
    frontLine,
    // The question names enterprise and institution in one.
    employerKind: frontLine ? 'enterprise' : undefined,
    loyal: yesOrNo(answers.loyal),
  }
}

/** The self-check: a verdict for every condition of the award. */
export function verdictsFromQuestions(award: Award, answers: AnyAnswers, call: Call): Verdict[] {
  return award === 'studio'
    ? studioVerdicts(factsFromQuestions('studio', answers), call)
    : technicianVerdicts(factsFromQuestions('technician', answers), call)
}

function claimed(award: Award, { claims }: AnyAnswers): { claims?: string[] } {
  if (!Array.isArray(claims) || claims.length === 0) return {}
  const options = award === 'studio' ? studioClaims : technicianClaims
  return { claims: options.filter(({ value }) => claims.includes(value)).map(({ label }) => label) }
}

function past({ taken: answer }: AnyAnswers): { held?: boolean; tradeTaken?: boolean } {
  if (answer === 'nobody') return { held: false, tradeTaken: false }
  if (answer === 'myself') return { held: true }
  if (answer === 'colleague') return { held: false, tradeTaken: true }
  return answer === 'unknown' ? { held: false } : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function yesOrNo(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}
