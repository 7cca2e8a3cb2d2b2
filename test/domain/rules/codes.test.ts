import { describe, expect, it } from 'vitest'
import { luhnPasses } from '../../../src/domain/rules/luhn'
import { usccFault, usccKind } from '../../../src/domain/rules/uscc'
import { countWords } from '../../../src/domain/rules/words'
import { bankCard, uscc } from '../../support/identity'

describe('a unified social credit code', () => {
  it.each([
    ['9144030071526726XG', null],
    ['9144030071526726xg', null],
    ['91350100M000100Y43', null],
    ['91350100M000100Y34', 'check'],
    ['9144030071526726XH', 'check'],
    ['9144030071526726X', 'length'],
    ['9144030071526726XGG', 'length'],
    ['91440300O1526726XG', 'characters'],
    ['9144030071526726XI', 'characters'],
    ['９144030071526726XG', 'characters'],
  ])('%s: %s', (code, fault) => {
    expect(usccFault(code)).toBe(fault)
  })

  it('advises the paper of its kind and never refuses one', () => {
    expect(usccKind('9144030071526726XG')).toEqual({ kind: '企业', paper: '企业法人营业执照' })
    expect(usccKind('12')?.kind).toBe('事业单位')
    expect(usccKind('52')?.kind).toBe('民办非企业单位')
    expect(usccKind('A1')).toBeNull()
    expect(usccKind('constructor')).toBeNull()
    expect(usccFault(uscc('N2320282'))).toBeNull()
  })
})

describe('a bank card', () => {
  it.each([
    ['79927398713', true],
    ['79927398710', false],
    ['4111111111111111', true],
    ['4111111111111112', false],
    [bankCard(), true],
    ['', false],
    ['4111 1111', false],
  ])('%s passes: %s', (number, passes) => {
    expect(luhnPasses(number)).toBe(passes)
  })
})

describe('字数', () => {
  it.each([
    ['', 0],
    [' \n\t　', 0],
    ['技术攻关', 4],
    ['技术，攻关。', 6],
    ['2018年', 2],
    ['成品率由 62% 提高到 85%', 9],
    ['CNC machining', 2],
    ['五轴CNC加工中心', 7],
    ['“打身筒”', 5],
    ['三年——五年', 6],
    ['𠮷野家', 3],
    ['👍🏽好', 2],
    ['㎡与℃', 3],
    ['0.02毫米', 3],
    ['３５', 2],
    ['a\u200Bb', 1],
    ['师\uFE00傅', 2],
  ])('%j counts %i', (text, count) => {
    expect(countWords(text)).toBe(count)
  })

  it('counts 20,000 pasted characters', () => {
    expect(countWords('紫砂'.repeat(10_000))).toBe(20_000)
    expect(countWords('a'.repeat(20_000))).toBe(1)
  })
})
