/** What the conditions are judged on. Everything may be missing: a draft is judged long before it is complete. */
import type { AnyAnswers } from '../answers'
import { claimsOf, unprovenClaims, unstatedClaims } from '../forms/claims'
import { isEmpty, type PlainDate } from '../forms/kinds'
import { studioFields } from '../forms/studio'
import { technicianFields } from '../forms/technician'
import { birthDateOf, sexOf } from './idNumber'

interface CommonFacts {
  bornOn?: PlainDate
  /** A value of `qualificationLevels`. */
  qualification?: string
  /** For 同等水平: whether the grounds are written. */
  grounds?: boolean
  /** Labels of the claimed conditions; empty: none of them applies. */
  claims?: readonly string[]
  /** Labels of claims without a statement, and of those that no material is marked to prove. */
  unstated?: readonly string[]
  unproven?: readonly string[]
  /** Whether this person holds the same title already. */
  held?: boolean
  /** Whether somebody of the same unit and trade holds the title already; only the server knows. */
  tradeTaken?: boolean
}

export interface StudioFacts extends CommonFacts {
  foundedOn?: PlainDate
  /** Fixed premises with equipment. */
  premises?: boolean
  /** Whether the host is of a kind that the notice names. */
  namedHost?: boolean
  /** People beside the leader. */
  others?: number
  leaderName?: string
  healthy?: boolean
  selfNominated?: boolean
  joint?: boolean
  jointPapers?: boolean
}

export interface TechnicianFacts extends CommonFacts {
  sex?: '男' | '女'
  /** A value of `postKinds`. */
  postKind?: string
  frontLine?: boolean
  /** A value of `employerKinds`. */
  employerKind?: string
  loyal?: boolean
  /** 单位公示: first and last day. */
  noticeFrom?: PlainDate
  noticeTo?: PlainDate
}

/** @param answers of a studio's draft; values of a wrong shape count as missing */
export function factsOfStudio(answers: AnyAnswers): StudioFacts {
  const members = Array.isArray(answers.members) ? (answers.members as ({ name?: unknown } | null)[]) : []
  const named = members.filter((member) => textOf(member?.name) !== undefined).length
  const hostKind = textOf(answers.hostKind)
  return {
    ...commonFacts(studioFields, answers),
    held: heldOf(answers, 'studio'),
    foundedOn: textOf(answers.foundedOn),
    premises: isEmpty(answers.facilities) && isEmpty(answers.premises) ? undefined : true,
    namedHost: hostKind === undefined ? undefined : hostKind !== 'other',
    others: named > 0 ? named : undefined,
    leaderName: textOf(answers.leaderName),
    healthy: answers.healthy === true ? true : undefined,
    selfNominated: answers.channel === undefined ? undefined : answers.channel === 'self',
    joint: yesOrNo(answers.joint),
    jointPapers: !isEmpty(answers.partnerAgreement) && !isEmpty(answers.partnerLicence),
  }
}

/** @param answers of a technician's draft; values of a wrong shape count as missing */
export function factsOfTechnician(answers: AnyAnswers): TechnicianFacts {
  return {
    ...commonFacts(technicianFields, answers),
    held: heldOf(answers, 'technician'),
    sex: sexOf(answers.idNumber) ?? undefined,
    postKind: textOf(answers.postKind),
    frontLine: yesOrNo(answers.frontLine),
    employerKind: textOf(answers.employerKind),
    loyal: answers.loyal === true ? true : undefined,
    noticeFrom: textOf(answers.noticeFrom),
    noticeTo: textOf(answers.noticeTo),
  }
}

function commonFacts(fields: typeof studioFields | typeof technicianFields, answers: AnyAnswers): CommonFacts {
  const claims = claimsOf(fields, answers)
  const labels = (list: readonly { label: string }[]) => list.map(({ label }) => label)
  return {
    bornOn: birthDateOf(answers.idNumber) ?? undefined,
    qualification: textOf(answers.qualification),
    grounds: !isEmpty(answers.equivalentGrounds),
    claims: claims.length > 0 ? labels(claims) : undefined,
    unstated: labels(unstatedClaims(fields, answers)),
    unproven: labels(unprovenClaims(fields, answers)),
  }
}

function heldOf({ titlesHeld }: AnyAnswers, award: string): boolean | undefined {
  return Array.isArray(titlesHeld) && titlesHeld.length > 0 ? titlesHeld.includes(award) : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function yesOrNo(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}
