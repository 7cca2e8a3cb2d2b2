import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { formOf } from '../../../src/domain/forms'
import { problemsOf } from '../../../src/domain/forms/problems'
import { progressOf, stepState } from '../../../src/domain/forms/progress'

const studio = formOf('studio')
const technician = formOf('technician')
const file = { sha256: '00', type: 'image/jpeg', bytes: 1 }
const state = (step: string, answers: Record<string, unknown>, form = technician) =>
  stepState(form, step, answers, problemsOf(form, answers, call2021))

describe('how far a step is', () => {
  it('counts required answers that are asked', () => {
    expect(progressOf(studio, 'studio', {})).toEqual({ answered: 0, asked: 3, touched: false })
    expect(progressOf(studio, 'studio', { joint: true })).toEqual({ answered: 1, asked: 4, touched: true })
    expect(progressOf(studio, 'studio', { joint: false, studioArea: '紫砂' })).toEqual({ answered: 2, asked: 3, touched: true })
  })

  it('takes 否 for an answer', () => {
    expect(progressOf(studio, 'studio', { joint: false })).toEqual({ answered: 1, asked: 3, touched: true })
  })

  it('takes an answer that follows another for given', () => {
    expect(progressOf(studio, 'unit', { employer: '某某公司' })).toMatchObject({ answered: 2 })
  })

  it('takes neither an unticked declaration nor a photo without file for an answer', () => {
    expect(progressOf(studio, 'declarations', { healthy: false, truthful: true })).toMatchObject({ answered: 1, asked: 2 })
    expect(progressOf(studio, 'premises', { premises: [{ id: 'a' }] })).toEqual({ answered: 0, asked: 1, touched: true })
    expect(progressOf(studio, 'premises', { premises: [{ id: 'a', file }] })).toMatchObject({ answered: 1 })
  })

  it('knows no step of another form', () => {
    expect(progressOf(studio, 'portrait', {})).toEqual({ answered: 0, asked: 0, touched: false })
  })
})

describe('the state of a step', () => {
  const row = { id: 'a', content: '薄壁件铣削', proof: '专利证书' }

  it.each<[string, Record<string, unknown>, string]>([
    ['skills', {}, 'untouched'],
    ['skills', { skills: [{ id: 'a', content: '薄壁件铣削' }] }, 'started'],
    ['skills', { skills: [row] }, 'done'],
    ['skills', { skills: [row, { id: 'b' }] }, 'started'],
    ['skills', { skills: [{ ...row, proof: '长'.repeat(81) }] }, 'problem'],
    ['honours', {}, 'untouched'],
    ['honours', { honours: [{ id: 'a' }] }, 'started'],
    ['honours', { honours: [row] }, 'done'],
    ['person', { name: '陈志远' }, 'started'],
    ['person', { idNumber: '123' }, 'problem'],
    ['bank', { bankCard: '4111111111111112', cardBank: '某某支行' }, 'done'],
    ['dossier', { employer: '某某公司' }, 'untouched'],
    ['declarations', { loyal: false }, 'untouched'],
    ['declarations', { loyal: true, truthful: true }, 'done'],
    ['declarations', { loyal: true, truthful: true, exception: true }, 'started'],
  ])('%s with %j is %s', (step, answers, expected) => {
    expect(state(step, answers)).toBe(expected)
  })

  it('is known before the problems are', () => {
    expect(stepState(technician, 'person', { idNumber: '123' }, [])).toBe('started')
  })
})
