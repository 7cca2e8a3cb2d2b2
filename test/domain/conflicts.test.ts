import { describe, expect, it } from 'vitest'
import { blocksSubmission } from '../../src/domain/conflicts'
import { formOf } from '../../src/domain/forms'
import type { Award } from '../../src/domain/forms/kinds'

describe('two values of one answer', () => {
  it.each<[Award, string]>([
    ['technician', 'name'],
    ['technician', 'idNumber'],
    ['technician', 'employer'],
    ['technician', 'uscc'],
    ['technician', 'occupation'],
    ['technician', 'bankCard'],
    ['technician', 'experience/r1'],
    ['technician', 'experience/r1/witness'],
    ['technician', 'innovations/r1/content'],
    ['technician', 'portrait/p1'],
    ['technician', 'idCard/p1/file'],
    ['studio', 'leaderName'],
    ['studio', 'idNumber'],
    ['studio', 'uscc'],
    ['studio', 'unitAccount'],
  ])('in what says who applies, or must be answered, block: %s %s', (award, path) => {
    expect(blocksSubmission(formOf(award), path)).toBe(true)
  })

  it.each<[Award, string]>([
    ['technician', 'qq'],
    ['technician', 'fax'],
    ['technician', 'innovations/r1'],
    ['technician', 'portrait/p1/caption'],
    ['technician', 'awardCerts/p1/file'],
    ['technician', '$title'],
    ['technician', '$print'],
    ['technician', 'of-a-later-form'],
    ['technician', 'constructor'],
  ])('elsewhere only warn: %s %s', (award, path) => {
    expect(blocksSubmission(formOf(award), path)).toBe(false)
  })

  it('every form marks who applies, by name and by ID number', () => {
    for (const award of ['studio', 'technician'] as const) {
      const { fields } = formOf(award)
      const marked = Object.values(fields).filter(({ identity }) => identity)
      expect(marked.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['text', 'idNumber']))
      for (const { required } of marked) expect(required).toBe(true)
    }
  })
})
