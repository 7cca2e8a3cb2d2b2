import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf } from '../../src/domain/difference'

/** 〔went〕 and ⟦came⟧, as one line. */
const shown = (before: string, after: string) =>
  differenceOf(before, after)
    .map(({ text, kind }) => (kind === 'same' ? text : kind === 'removed' ? `〔${text}〕` : `⟦${text}⟧`))
    .join('')

describe('what a person sees of a change', () => {
  it.each([
    ['one character of a name', '陈志远', '陈志元', '陈志〔远〕⟦元⟧'],
    ['words in the middle', '无锡某某公司', '无锡市某某有限公司', '无锡⟦市⟧某某⟦有限⟧公司'],
    ['a text that was empty', '', '车工', '⟦车工⟧'],
    ['a text that was emptied', '车工', '', '〔车工〕'],
    ['nothing', '车工', '车工', '车工'],
    ['a year as one number', '2018年获奖', '2019年获奖', '〔2018〕⟦2019⟧年获奖'],
    ['one digit of a long number', '13912345678', '13912345679', '1391234567〔8〕⟦9⟧'],
    ['a Latin word as a whole', '使用 AutoCAD 制图', '使用 SolidWorks 制图', '使用 〔AutoCAD〕⟦SolidWorks⟧ 制图'],
    ['an emoji, never half of it', '好\u{1F600}', '好\u{1F601}', '好〔\u{1F600}〕⟦\u{1F601}⟧'],
    ['other sentences that share a 的', '我做过的工作', '他们得到的奖项', '〔我做过的工作〕⟦他们得到的奖项⟧'],
  ])('%s', (_, before, after, expected) => expect(shown(before, after)).toBe(expected))

  it('both texts are whole in it, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('车', '工', '的', 'a', 'b', '1', '。', '\n', ' ', '\u{1F600}', '\ud800'), maxLength: 60 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = differenceOf(before, after)
        const without = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text).join('')
        expect([without('added'), without('removed')]).toEqual([before, after])
        expect(pieces.every((piece, i) => piece.text !== '' && piece.kind !== pieces[i + 1]?.kind)).toBe(true)
      }),
    )
  })

  it('twenty thousand pasted characters are compared by sentences, and the one that changed is found', () => {
    const sentences = Array.from({ length: 1000 }, (_, i) => `第${i}次技术攻关取得了良好的成效并已推广。`)
    const changed = sentences.map((one, i) => (i === 3 || i === 996 ? `改${one}` : one))
    const marked = differenceOf(sentences.join(''), changed.join('')).filter(({ kind }) => kind === 'added')
    expect(marked.map(({ text }) => text)).toEqual([`改${sentences[3]}`, `改${sentences[996]}`])
  })

  it('texts too long even for that stand as a whole against each other', () => {
    const [before, after] = ['甲。'.repeat(5000), '乙。'.repeat(5000)]
    expect(differenceOf(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})
