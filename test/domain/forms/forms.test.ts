import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { formOf, isAward } from '../../../src/domain/forms'
import { fieldNames, isAsked } from '../../../src/domain/forms/kinds'
import { submissionVerdicts } from '../../../src/domain/rules/eligibility'

describe.each([formOf('studio'), formOf('technician')])('the form of $title', (form) => {
  const names = Object.keys(form.fields)

  it('shows every field in exactly one step, about eight at a time', () => {
    expect(form.steps.flatMap(fieldNames).sort()).toEqual(names.sort())
    expect(form.steps.filter((step) => fieldNames(step).length > 8)).toEqual([])
    expect(new Set(form.steps.map(({ id }) => id)).size).toBe(form.steps.length)
  })

  it('refers to fields that exist', () => {
    for (const field of Object.values(form.fields)) {
      const referred = [field.when?.field, 'follows' in field ? field.follows : undefined].filter((name) => name !== undefined)
      expect(names).toEqual(expect.arrayContaining(referred))
    }
  })

  it('lets 一事一议 waive conditions that there are', () => {
    const conditions = submissionVerdicts(form, {}, call2021).map(({ condition }) => condition)
    const { waived } = form.fields
    const offered = waived?.kind === 'choices' ? waived.options.map(({ value }) => value) : []
    expect(offered.length).toBeGreaterThan(0)
    expect(conditions).toEqual(expect.arrayContaining(offered))
  })

  it('asks for a statement of exactly the claims that are made', () => {
    const asked = Object.values(form.fields).filter((field) => field.when?.field === 'claims' && isAsked(field, { claims: ['teaching'] }))
    expect(asked).toHaveLength(1)
  })
})

it('the awards are two', () => {
  expect(['studio', 'technician', 'toString', '', undefined].filter(isAward)).toEqual(['studio', 'technician'])
})
