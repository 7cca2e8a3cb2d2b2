import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { formOf } from '../../../src/domain/forms'
import { blockingVerdicts, submissionVerdicts } from '../../../src/domain/rules/eligibility'
import { factsOfStudio, factsOfTechnician } from '../../../src/domain/rules/facts'
import { factsFromQuestions, questionsOf, verdictsFromQuestions } from '../../../src/domain/rules/questions'
import { idNumber } from '../../support/identity'

const studio = formOf('studio')
const technician = formOf('technician')
const team = (...names: string[]) => names.map((name, i) => ({ id: `m${i}`, name }))

describe('a draft', () => {
  it('of 4 others is to be confirmed, also when a fifth row has no name', () => {
    expect(factsOfStudio({ members: [...team('甲', '乙', '丙', '丁'), { id: 'e', age: 30 }, { id: 'f', name: '  ' }] }).others).toBe(4)
  })

  it('takes birth date and sex from the identity number, once it is right', () => {
    expect(factsOfTechnician({ idNumber: idNumber('1980-03-07', '女') })).toMatchObject({ bornOn: '1980-03-07', sex: '女' })
    expect(factsOfTechnician({ idNumber: '32028219800307' })).toMatchObject({ bornOn: undefined, sex: undefined })
  })

  it('says which claim lacks its statement, and which its evidence', () => {
    const claims = ['teaching', 'breakthrough']
    expect(factsOfStudio({ claims })).toMatchObject({ unstated: ['技术攻关', '授艺带徒'], unproven: ['技术攻关', '授艺带徒'] })
    const file = { sha256: '00', type: 'image/jpeg', bytes: 1 }
    const proofs = [{ id: 'a', file, proves: 'teaching' }, { id: 'b', proves: 'breakthrough' }]
    expect(factsOfStudio({ claims, claimTeaching: '带徒 23 人', achievementProofs: proofs })).toMatchObject({
      unstated: ['技术攻关'],
      unproven: ['技术攻关'],
    })
  })

  it('of values in a wrong shape is judged as if they were missing', () => {
    const odd = { idNumber: 7, members: 'x', claims: { a: 1 }, foundedOn: [], healthy: 'yes', titlesHeld: 'none', achievementProofs: [null] }
    expect(blockingVerdicts(studio, odd, call2021)).toEqual([])
    expect(blockingVerdicts(technician, { ...odd, frontLine: 'no' }, call2021)).toEqual([])
    expect(factsOfStudio({ members: [null, 3, { name: 7 }] }).others).toBeUndefined()
  })

  it('is blocked by every 不符合 and by no 待确认', () => {
    const answers = { foundedOn: '2020-01-01', qualification: '三级', members: team('甲', '乙'), titlesHeld: ['studio'] }
    expect(blockingVerdicts(studio, answers, call2021).map(({ condition }) => condition)).toEqual(['S1', 'S2', 'S4', 'S6'])
    expect(blockingVerdicts(studio, {}, call2021)).toEqual([])
  })

  it('of somebody who holds the other title is not blocked', () => {
    expect(blockingVerdicts(studio, { titlesHeld: ['technician'] }, call2021)).toEqual([])
    expect(blockingVerdicts(technician, { titlesHeld: ['technician'] }, call2021).map(({ condition }) => condition)).toEqual(['T6'])
  })

  it('is blocked when the server knows that unit and trade hold the title', () => {
    expect(blockingVerdicts(technician, { titlesHeld: ['none'] }, call2021, { tradeTaken: true })).toHaveLength(1)
    expect(submissionVerdicts(technician, { titlesHeld: ['none'] }, call2021)[5]?.result).toBe('unsure')
  })
})

describe('一事一议', () => {
  const young = { qualification: '三级', frontLine: false, titlesHeld: ['technician'] }
  const blocked = (answers: Record<string, unknown>) =>
    blockingVerdicts(technician, { ...young, ...answers }, call2021).map(({ condition }) => condition)

  it('waives exactly the conditions that it names', () => {
    expect(blocked({})).toEqual(['T3', 'T4', 'T6'])
    expect(blocked({ exception: true, waived: ['T3'] })).toEqual(['T4', 'T6'])
    expect(blocked({ exception: true, waived: ['T3', 'T4'] })).toEqual(['T6'])
  })

  it('waives nothing when it is not asked for, or for a condition that the form does not offer', () => {
    expect(blocked({ exception: false, waived: ['T3'] })).toEqual(['T3', 'T4', 'T6'])
    expect(blocked({ exception: true, waived: 'T3' })).toEqual(['T3', 'T4', 'T6'])
    expect(blocked({ exception: true, waived: ['T6'] })).toEqual(['T3', 'T4', 'T6'])
  })

  it('keeps the verdict and says so, for the reviewers', () => {
    const verdict = submissionVerdicts(technician, { ...young, exception: true, waived: ['T3'] }, call2021)[2]
    expect(verdict).toMatchObject({ condition: 'T3', result: 'failed', reason: '三级低于二级（技师）（已申请一事一议）' })
  })
})

describe('the one-minute self-check', () => {
  const studioAnswers = {
    foundedOn: '2016-05-20',
    premises: true,
    others: '5',
    bornOn: '1970-08-16',
    qualification: '二级',
    claims: ['heritage'],
    healthy: true,
    taken: 'nobody',
  }
  const technicianAnswers = {
    bornOn: '1985-08-16',
    sex: '女',
    postKind: 'worker',
    qualification: '一级',
    frontLine: true,
    claims: ['mastery'],
    loyal: true,
    taken: 'nobody',
  }

  it('asks eight questions at most', () => {
    for (const award of ['studio', 'technician'] as const) expect(Object.keys(questionsOf(award)).length).toBeLessThanOrEqual(8)
  })

  it('answers 符合 to whoever meets everything that can be known so early', () => {
    expect(verdictsFromQuestions('studio', studioAnswers, call2021).map(({ result }) => result)).toEqual(Array(9).fill('met'))
    const results = verdictsFromQuestions('technician', technicianAnswers, call2021).map(({ result }) => result)
    expect(results).toEqual([...(Array(6).fill('met') as string[]), 'unsure'])
  })

  it.each([
    [{ claims: ['none'] }, 'S5', 'failed'],
    [{ claims: [] }, 'S5', 'unsure'],
    [{ others: 0 }, 'S2', 'failed'],
    [{ others: '好几个' }, 'S2', 'unsure'],
    [{ premises: false }, 'S1', 'failed'],
    [{ healthy: false }, 'S8', 'failed'],
    [{ taken: 'myself' }, 'S6', 'failed'],
    [{ taken: 'colleague' }, 'S6', 'failed'],
    [{ taken: 'unknown' }, 'S6', 'unsure'],
  ])('of a studio with %j: %s %s', (changed, condition, result) => {
    const verdicts = verdictsFromQuestions('studio', { ...studioAnswers, ...changed }, call2021)
    expect(verdicts.find((verdict) => verdict.condition === condition)?.result).toBe(result)
  })

  it('takes nothing for granted', () => {
    expect(verdictsFromQuestions('technician', {}, call2021).every(({ result }) => result === 'unsure')).toBe(true)
    expect(factsFromQuestions('technician', { frontLine: false }).employerKind).toBeUndefined()
  })
})
