import { describe, expect, it } from 'vitest'
import { labelOf, stepOf } from '../../../src/domain/forms/labels'
import { technician } from '../../../src/domain/forms/technician'
import type { Json } from '../../../src/domain/sync'

describe('what a path is called', () => {
  const values = new Map<string, Json>([
    ['name', '陈志远'],
    ['experience/b', { order: 'a1' }],
    ['experience/a', { order: 'a0' }],
    ['experience/gone', null],
    ['experience/b/witness', '李建国'],
    ['awardCerts/p', { order: 'a0' }],
  ])

  it.each([
    ['name', '姓名'],
    ['experience/b', '主要经历 第 2 行'],
    ['experience/b/witness', '主要经历 第 2 行 · 证明人'],
    ['experience/gone/witness', '主要经历 已删除的一行 · 证明人'],
    ['experience/never-seen/witness', '主要经历 已删除的一行 · 证明人'],
    ['awardCerts/p', '获奖证书 第 1 张'],
    ['awardCerts/p/caption', '获奖证书 第 1 张 · 说明'],
    ['$title', '草稿名称'],
    ['of-a-later-form', '其他内容'],
    ['__proto__', '其他内容'],
  ])('%s: %s', (path, label) => {
    expect(labelOf(technician, values, path)).toBe(label)
  })

  it('and which step asks for it', () => {
    expect(stepOf(technician, 'experience/b/witness')?.items).toContain('experience')
    expect(stepOf(technician, '$title')).toBeNull()
    expect(stepOf(technician, '__proto__')).toBeNull()
  })
})
