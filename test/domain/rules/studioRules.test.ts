import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import type { StudioFacts } from '../../../src/domain/rules/facts'
import { studioVerdicts } from '../../../src/domain/rules/studioRules'
import type { Result } from '../../../src/domain/rules/verdict'

const good: StudioFacts = {
  foundedOn: '2016-05-20',
  premises: true,
  namedHost: true,
  others: 5,
  bornOn: '1970-08-16',
  qualification: '一级',
  claims: ['授艺带徒'],
  held: false,
  tradeTaken: false,
  leaderName: '周砚秋',
  healthy: true,
  joint: false,
}
const verdictOf = (condition: string, facts: StudioFacts, call = call2021) =>
  studioVerdicts(facts, call).find((verdict) => verdict.condition === condition)
const cases = (condition: string, list: [Partial<StudioFacts>, Result][]) =>
  it.each(list)(`${condition}: %j → %s`, (facts, result) => {
    expect(verdictOf(condition, { ...good, ...facts })?.result).toBe(result)
  })

describe('the conditions of a studio', () => {
  it('are nine, in order, each with its reason and clause', () => {
    const verdicts = studioVerdicts(good, call2021)
    expect(verdicts.map(({ condition }) => condition).join(' ')).toBe('S1 S2 S3 S4 S5 S6 S7 S8 S9')
    for (const { reason, clause, title, result } of verdicts) {
      expect(result).toBe('met')
      expect(reason).not.toBe('')
      expect(title).not.toBe('')
      expect(clause).toMatch(/^通知 [一四]/)
    }
  })

  it('are never failed while nothing is known', () => {
    const verdicts = studioVerdicts({}, call2021)
    expect(verdicts.filter(({ result }) => result === 'failed')).toEqual([])
    for (const condition of ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'])
      expect(verdictOf(condition, {})).toMatchObject({ result: 'unsure', reason: expect.stringContaining('还没有填') as string })
  })

  cases('S1', [
    [{ foundedOn: '2019-04-24' }, 'met'],
    [{ foundedOn: '2019-04-25' }, 'met'],
    [{ foundedOn: '2019-04-26' }, 'failed'],
    [{ foundedOn: '2019-02-30' }, 'unsure'],
    [{ foundedOn: undefined }, 'unsure'],
    [{ premises: false }, 'failed'],
    [{ premises: undefined }, 'unsure'],
    [{ namedHost: false }, 'unsure'],
    [{ namedHost: undefined }, 'unsure'],
  ])

  it('S1 names the last day of founding', () => {
    expect(verdictOf('S1', { ...good, foundedOn: '2019-04-26' })?.reason).toContain('2019-04-25')
  })

  cases('S2', [
    [{ others: 0 }, 'failed'],
    [{ others: 3 }, 'failed'],
    [{ others: 4 }, 'unsure'],
    [{ others: 5 }, 'met'],
    [{ others: 20 }, 'met'],
  ])

  cases('S3', [
    [{ bornOn: '1966-04-26' }, 'met'],
    [{ bornOn: '1966-04-25' }, 'met'],
    [{ bornOn: '1966-04-24' }, 'unsure'],
    [{ bornOn: '1965-04-26' }, 'unsure'],
    [{ bornOn: '1965-04-25' }, 'failed'],
    [{ bornOn: '1965-04-24' }, 'failed'],
    [{ bornOn: '2030-01-01' }, 'unsure'],
    [{ bornOn: '1966-02-30' }, 'unsure'],
  ])

  it('S3 of a leader born on 29 February counts on 28 February where the closing day asks for it', () => {
    const at = (closingDay: string) => ({ ...call2021, closingDay })
    expect(verdictOf('S3', { ...good, bornOn: '1964-02-29' }, at('2019-02-28'))?.result).toBe('met')
    expect(verdictOf('S3', { ...good, bornOn: '1964-02-29' }, at('2019-03-01'))?.result).toBe('unsure')
    expect(verdictOf('S3', { ...good, bornOn: '1964-02-29' }, at('2020-02-28'))?.result).toBe('unsure')
    expect(verdictOf('S3', { ...good, bornOn: '1964-02-29' }, at('2020-02-29'))?.result).toBe('failed')
  })

  it('S3 takes its limit from the call', () => {
    const call = { ...call2021, ages: { ...call2021.ages, leader: 60 } }
    expect(verdictOf('S3', { ...good, bornOn: '1961-04-25' }, call)?.result).toBe('met')
  })

  cases('S4', [
    [{ qualification: '首席技师' }, 'met'],
    [{ qualification: '特级技师' }, 'met'],
    [{ qualification: '一级' }, 'met'],
    [{ qualification: '二级' }, 'met'],
    [{ qualification: '三级' }, 'failed'],
    [{ qualification: '四级' }, 'failed'],
    [{ qualification: '五级' }, 'failed'],
    [{ qualification: '学徒工' }, 'failed'],
    [{ qualification: '同等水平' }, 'unsure'],
    [{ qualification: '同等水平', grounds: true }, 'unsure'],
  ])

  cases('S5', [
    [{ claims: ['技术攻关', '授艺带徒'] }, 'met'],
    [{ claims: [] }, 'failed'],
    [{ claims: ['授艺带徒'], unstated: ['授艺带徒'] }, 'unsure'],
    [{ claims: ['授艺带徒'], unproven: ['授艺带徒'] }, 'unsure'],
  ])

  cases('S6', [
    [{ held: true }, 'failed'],
    [{ held: false, tradeTaken: true }, 'failed'],
    [{ held: false, tradeTaken: undefined }, 'unsure'],
    [{ held: undefined, tradeTaken: false }, 'unsure'],
    [{ held: undefined, tradeTaken: true }, 'failed'],
  ])

  it('S7 is composed by the rule', () => {
    expect(verdictOf('S7', good)?.reason).toContain('无锡市周砚秋技能大师工作室')
  })

  cases('S8', [
    [{ healthy: false }, 'failed'],
    [{ healthy: undefined }, 'unsure'],
    [{ selfNominated: true }, 'met'],
  ])

  cases('S9', [
    [{ joint: undefined }, 'met'],
    [{ joint: true }, 'unsure'],
    [{ joint: true, jointPapers: true }, 'met'],
  ])
})
