import { describe, expect, it } from 'vitest'
import { call2021 } from '../../../src/domain/calls/2021'
import { quotaOf, subLimitOf } from '../../../src/domain/rules/quota'

describe('Annex 3', () => {
  it('gives 35 bodies 50 studios and 90 technicians', () => {
    expect(new Set(call2021.quotas.map(({ name }) => name)).size).toBe(35)
    expect(call2021.quotas.reduce((sum, { studio }) => sum + studio, 0)).toBe(50)
    expect(call2021.quotas.reduce((sum, { technician }) => sum + technician, 0)).toBe(90)
  })

  it.each([
    ['江阴市', 3, 8],
    ['宜兴市', 3, 8],
    ['梁溪区', 3, 6],
    ['经开区', 1, 2],
    ['教育局', 1, 0],
    ['农业农村局', 2, 2],
    ['机动车维修行业协会', 1, 2],
    ['技工院校', 1, 0],
    ['没有的单位', 0, 0],
    ['constructor', 0, 0],
  ])('%s may recommend %i studios and %i technicians', (body, studio, technician) => {
    expect(quotaOf(call2021, body, 'studio')).toBe(studio)
    expect(quotaOf(call2021, body, 'technician')).toBe(technician)
  })

  it('limits 紫砂业 inside the quota of 宜兴 only', () => {
    expect(subLimitOf(call2021, '宜兴市', 'studio')).toEqual({ trade: '紫砂业', limit: 1 })
    expect(subLimitOf(call2021, '宜兴市', 'technician')).toEqual({ trade: '紫砂业', limit: 2 })
    expect(subLimitOf(call2021, '江阴市', 'studio')).toBeNull()
  })
})
