import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { demonstrationCall } from '../../../src/domain/calls/demonstration'
import { formOf } from '../../../src/domain/forms'
import { fieldNames, type Form } from '../../../src/domain/forms/kinds'
import { problemsOf, problemsOfStep } from '../../../src/domain/forms/problems'
import { stepState } from '../../../src/domain/forms/progress'
import { blockingVerdicts } from '../../../src/domain/rules/eligibility'
import { parsePath } from '../../../src/domain/sync'
import { bankCard, idNumber } from '../../support/identity'
import { samples } from '../../support/samples'

const studio = formOf('studio')
const technician = formOf('technician')
const at = (form: Form, answers: Record<string, unknown>, path: string) =>
  problemsOf(form, answers, call2021).filter((problem) => problem.path === path)
const jpeg = { sha256: '00', type: 'image/jpeg', bytes: 1 }

describe.each(samples)('the sample application $title', (sample) => {
  const form = formOf(sample.award)
  const demo = demonstrationCall(call2021, Date.parse('2026-11-22T09:00:00+08:00'))
  it.each([call2021, demo])('has nothing wrong in the call $id', (call) => {
    const answers = sample.answers(call)
    expect(problemsOf(form, answers, call).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(blockingVerdicts(form, answers, call)).toEqual([])
    for (const { id } of form.steps) expect(stepState(form, id, answers, [])).toBe('done')
  })

  it('misses exactly the field that is taken away', () => {
    const answers = sample.answers(call2021)
    for (const [name, field] of Object.entries(form.fields)) {
      if (!field.required || field.kind === 'derived' || answers[name] === undefined || ('follows' in field && field.follows)) continue
      const { [name]: _, ...rest } = answers
      const missing = problemsOf(form, rest, call2021).filter((problem) => problem.missing)
      expect(missing.map(({ path }) => path)).toContain(name)
    }
  })
})

describe('the problems of a draft', () => {
  it('come in the order of the steps, each with the label of the annex', () => {
    for (const form of [studio, technician]) {
      const problems = problemsOf(form, {}, call2021)
      const order = form.steps.flatMap(fieldNames)
      expect(problems.length).toBeGreaterThan(20)
      expect(problems.map(({ path }) => path)).toEqual(order.filter((name) => problems.some(({ path }) => path === name)))
      for (const { path, label, step, missing, severity } of problems) {
        expect(label).toBe(form.fields[path]?.label)
        expect(form.steps.find(({ id }) => id === step) && missing && severity === 'error').toBe(true)
      }
    }
  })

  it('are asked once where one answer follows another', () => {
    expect(at(technician, {}, 'post')).toEqual([])
    expect(at(technician, { occupation: '数控铣工' }, 'post')).toEqual([])
    expect(at(technician, { occupation: '数控铣工', post: '长'.repeat(31) }, 'post')).toHaveLength(1)
  })

  it('of a row name it, and stand in its order', () => {
    const members = [
      { id: 'first', name: '甲', age: '七十岁', qualification: '二级', merit: '金奖' },
      { id: 'second' },
      { id: 'third', name: '乙', age: 40, qualification: '二级' },
    ]
    const problems = problemsOfStep(studio, 'members', { members }, call2021)
    expect(problems.map(({ path, label, message, missing }) => [path, label, message, missing])).toEqual([
      ['members/first/age', '大师工作室其他人员 第1行 年龄', '请填数字，例如 38', false],
      ['members/second', '大师工作室其他人员 第2行', '这一行还没有填，填写或删除', true],
      ['members/third/merit', '大师工作室其他人员 第3行 突出业绩', '还没有填', true],
    ])
  })

  it('of a row left empty are told also where rows are optional', () => {
    expect(at(technician, { honours: [{ id: 'a', content: ' ' }] }, 'honours/a')).toHaveLength(1)
  })

  it('include a period that ends before it begins', () => {
    const row = { id: 'a', from: '2016-03', to: '2015-03', where: '某厂', witness: '某人' }
    expect(at(technician, { experience: [row] }, 'experience/a/to')[0]?.message).toContain('不能早于')
    expect(at(technician, { experience: [{ ...row, to: 'now' }] }, 'experience/a/to')).toEqual([])
    expect(at(technician, { noticeFrom: '2021-04-08', noticeTo: '2021-04-01' }, 'noticeTo')[0]?.message).toContain('不能早于')
  })

  it('leave aside what is not asked', () => {
    expect(at(studio, { channel: 'self' }, 'recommender')).toEqual([])
    expect(at(studio, { channel: 'recommended' }, 'recommender')).toHaveLength(1)
    expect(at(studio, { joint: false, partner: 'x'.repeat(99) }, 'partner')).toEqual([])
    expect(at(studio, { claims: ['teaching'] }, 'claimTeaching')).toHaveLength(1)
    expect(at(studio, { claims: ['teaching'] }, 'claimTransfer')).toEqual([])
    expect(at(studio, { exception: true }, 'waived')).toHaveLength(1)
  })
})

describe('a warning', () => {
  it.each<[string, Form, Record<string, unknown>, string]>([
    ['a card that fails Luhn', studio, { bankCard: bankCard().replace(/\d$/, (d) => String((Number(d) + 1) % 10)) }, 'bankCard'],
    ['an award of 2015', studio, { awards: [{ id: 'a', project: '甲', award: '乙', grantor: '丙', year: 2015 }] }, 'awards/a/year'],
    ['a member who is the leader', studio, { leaderName: '周砚秋', members: [{ id: 'a', name: '周砚秋' }] }, 'members/a/name'],
    ['a member named twice', studio, { members: [{ id: 'a', name: '甲' }, { id: 'b', name: '甲' }] }, 'members/b/name'],
    ['one side of the identity card', studio, { idCard: [{ id: 'a', file: jpeg }] }, 'idCard'],
    ['a photo that is not kept yet', studio, { premises: [{ id: 'a', file: jpeg }, { id: 'b' }] }, 'premises'],
    ['a claim without evidence', studio, { claims: ['teaching'], achievementProofs: [{ id: 'a', file: jpeg }] }, 'achievementProofs'],
    ['work at fifteen', studio, { idNumber: idNumber('1980-03-07', '男'), startedWork: '1996-02' }, 'startedWork'],
    ['a portrait of another size', technician, { portrait: [{ id: 'a', file: { ...jpeg, width: 600, height: 800 } }] }, 'portrait'],
  ])('is said about %s, and blocks nothing', (_, form, answers, path) => {
    const [warning] = at(form, answers, path).filter(({ severity }) => severity === 'warning')
    expect(warning?.message).toBeTruthy()
    expect(warning?.missing).toBe(false)
    const step = warning?.step ?? ''
    expect(stepState(form, step, answers, warning ? [warning] : [])).not.toBe('problem')
  })

  it.each<[string, Form, Record<string, unknown>, string]>([
    ['a right card', studio, { bankCard: bankCard() }, 'bankCard'],
    ['a half-typed card', studio, { bankCard: '6222' }, 'bankCard'],
    ['an award of 2016', studio, { awards: [{ id: 'a', year: 2016 }] }, 'awards/a/year'],
    ['an award without a year', studio, { awards: [{ id: 'a' }] }, 'awards/a/year'],
    ['both sides in one PDF', studio, { idCard: [{ id: 'a', file: { ...jpeg, type: 'application/pdf' } }] }, 'idCard'],
    ['work at sixteen', studio, { idNumber: idNumber('1980-03-07', '男'), startedWork: '1996-03' }, 'startedWork'],
    ['a portrait of 2 inches', technician, { portrait: [{ id: 'a', file: { ...jpeg, width: 413, height: 626 } }] }, 'portrait'],
  ])('is not said about %s', (_, form, answers, path) => {
    expect(at(form, answers, path).filter(({ severity }) => severity === 'warning')).toEqual([])
  })
})

it('whatever a foreign client stored, the problems are told and have a place in the form', () => {
  const names = [...Object.keys(studio.fields), '__proto__', 'constructor', 'later']
  const value = fc.oneof(fc.jsonValue(), fc.array(fc.record({ id: fc.uuid(), name: fc.jsonValue(), file: fc.jsonValue() })))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 20 }), (answers) => {
      for (const { path, step, message } of problemsOf(studio, answers, call2021)) {
        expect(parsePath(studio, path.split('/')[0] ?? '') ?? studio.fields[path.split('/')[0] ?? '']).toBeTruthy()
        expect(step).not.toBe('')
        expect(message).toMatch(/[\u4e00-\u9fff]/)
      }
    }),
    { numRuns: 50 },
  )
})
