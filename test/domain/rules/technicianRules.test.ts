import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import type { TechnicianFacts } from '../../../src/domain/rules/facts'
import { technicianVerdicts } from '../../../src/domain/rules/technicianRules'
import type { Result } from '../../../src/domain/rules/verdict'

const good: TechnicianFacts = {
  bornOn: '1980-03-07',
  sex: '男',
  postKind: 'worker',
  qualification: '二级',
  frontLine: true,
  employerKind: 'enterprise',
  claims: ['传绝技、带高徒'],
  loyal: true,
  held: false,
  tradeTaken: false,
  noticeFrom: '2021-04-01',
  noticeTo: '2021-04-08',
}
const verdictOf = (condition: string, facts: TechnicianFacts, call = call2021) =>
  technicianVerdicts(facts, call).find((verdict) => verdict.condition === condition)
const cases = (condition: string, list: [Partial<TechnicianFacts>, Result][]) =>
  it.each(list)(`${condition}: %j → %s`, (facts, result) => {
    expect(verdictOf(condition, { ...good, ...facts })?.result).toBe(result)
  })

describe('the conditions of a chief technician', () => {
  it('are seven, in order, each with its reason and clause', () => {
    const verdicts = technicianVerdicts(good, call2021)
    expect(verdicts.map(({ condition }) => condition).join(' ')).toBe('T1 T2 T3 T4 T5 T6 T7')
    for (const { reason, clause, result } of verdicts) {
      expect(result).toBe('met')
      expect(reason).not.toBe('')
      expect(clause).toMatch(/^通知 [二四]/)
    }
  })

  it('are all 待确认 while nothing is known', () => {
    expect(technicianVerdicts({}, call2021).every(({ result }) => result === 'unsure')).toBe(true)
  })

  cases('T1', [
    [{ loyal: undefined }, 'unsure'],
    [{ loyal: false }, 'failed'],
  ])

  cases('T2', [
    [{ bornOn: '2005-04-26' }, 'failed'],
    [{ bornOn: '2005-04-25' }, 'met'],
    [{ bornOn: '2005-04-24' }, 'met'],
    [{ bornOn: '1961-04-26' }, 'met'],
    [{ bornOn: '1961-04-25' }, 'failed'],
    [{ bornOn: '1961-04-24' }, 'failed'],
    [{ bornOn: '1976-02-29' }, 'met'],
    [{ bornOn: '1975-02-29' }, 'unsure'],
    [{ bornOn: undefined }, 'unsure'],
    [{ bornOn: '2021-04-26' }, 'unsure'],
    [{ sex: '女', bornOn: '1971-04-26' }, 'met'],
    [{ sex: '女', bornOn: '1971-04-25' }, 'failed'],
    [{ sex: '女', postKind: 'staff', bornOn: '1971-04-25' }, 'met'],
    [{ sex: '女', postKind: 'staff', bornOn: '1966-04-26' }, 'met'],
    [{ sex: '女', postKind: 'staff', bornOn: '1966-04-25' }, 'failed'],
    [{ sex: '女', postKind: undefined, bornOn: '1971-04-26' }, 'met'],
    [{ sex: '女', postKind: undefined, bornOn: '1971-04-25' }, 'unsure'],
    [{ sex: '女', postKind: 'toString', bornOn: '1966-04-26' }, 'unsure'],
    [{ sex: '女', postKind: undefined, bornOn: '1966-04-25' }, 'failed'],
    [{ sex: undefined, bornOn: '1971-04-26' }, 'met'],
    [{ sex: undefined, bornOn: '1971-04-25' }, 'unsure'],
    [{ sex: undefined, bornOn: '1961-04-25' }, 'failed'],
  ])

  it('T2 takes the retirement ages from the call: they rise step by step from 2025', () => {
    const call = { ...call2021, ages: { ...call2021.ages, men: 63 } }
    expect(verdictOf('T2', { ...good, bornOn: '1961-04-25' }, call)?.result).toBe('met')
  })

  cases('T3', [
    [{ qualification: '三级' }, 'failed'],
    [{ qualification: '二级' }, 'met'],
    [{ qualification: '特级技师' }, 'met'],
    [{ qualification: '同等水平' }, 'unsure'],
    [{ qualification: undefined }, 'unsure'],
  ])

  cases('T4', [
    [{ frontLine: false }, 'failed'],
    [{ frontLine: undefined }, 'unsure'],
    [{ employerKind: 'institution' }, 'met'],
    [{ employerKind: 'other' }, 'unsure'],
    [{ employerKind: undefined }, 'unsure'],
  ])

  cases('T5', [
    [{ claims: [] }, 'failed'],
    [{ claims: undefined }, 'unsure'],
  ])

  cases('T6', [
    [{ held: true }, 'failed'],
    [{ tradeTaken: true }, 'failed'],
    [{ tradeTaken: undefined }, 'unsure'],
  ])

  cases('T7', [
    [{ noticeFrom: undefined }, 'unsure'],
    [{ noticeTo: undefined }, 'unsure'],
    [{ noticeTo: '2021-03-31' }, 'unsure'],
    [{ noticeTo: '2021-04-01' }, 'met'],
  ])
})
