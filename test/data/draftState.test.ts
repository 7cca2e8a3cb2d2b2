import { describe, expect, it } from 'vitest'
import { draftState } from '../../src/data/draftState'
import type { Delivery } from '../../src/data/read'

const sent: Delivery = { waiting: 0, held: 0, refused: [], unconfirmed: 0, refusedFiles: 0, conflicts: 0, blockingConflicts: 0 }
const submission = { receipt: 'WX2021-T-7K3M-0042', revision: 5, at: '2021-04-20T09:00:00+08:00' }
const of = (delivery: Partial<Delivery>, submitted: typeof submission | null = null, revision = 5) =>
  draftState({ delivery: { ...sent, ...delivery }, submission: submitted, revision, lost: null })

describe('the state line', () => {
  it.each<[string, Partial<Delivery>, string]>([
    ['operations wait', { waiting: 2 }, '联网'],
    ['sensitive answers wait for the consent', { held: 1 }, '同意'],
    ['files are not confirmed', { unconfirmed: 3 }, '3 个文件'],
    ['the server refused a file', { unconfirmed: 2, refusedFiles: 1 }, '1 个文件服务器没有接受'],
    ['the server refused something', { refused: [{ path: 'employer', reason: 'forbidden' }], waiting: 1 }, '没有接受'],
  ])('says 已存本机 while %s', (_name, delivery, note) => {
    const state = of(delivery)
    expect(state).toMatchObject({ kind: 'local', text: '已存本机' })
    expect(state.note).toContain(note)
  })

  it('says 已同步 only when nothing waits, and that it is not submitted', () => {
    expect(of({})).toEqual({ kind: 'synced', text: '已同步', note: '还没有提交' })
  })

  it('says 已提交 only with a receipt number', () => {
    const { receipt } = submission
    expect(of({}, submission)).toEqual({ kind: 'submitted', text: '已提交（WX2021-T-7K3M-0042）', receipt, note: '' })
  })

  it.each<[string, Partial<Delivery>, number]>([
    ['an unsent edit', { waiting: 1 }, 5],
    ['a sent edit', {}, 6],
    ['an unsent photo', { unconfirmed: 1 }, 5],
  ])('says after %s that it is not part of what was submitted', (_name, delivery, revision) => {
    expect(of(delivery, submission, revision).note).toContain('还没有提交')
  })

  it.each<[string, Partial<Delivery>, typeof submission | null, string]>([
    ['已同步', {}, null, '还没有提交'],
    ['已存本机', { waiting: 1 }, null, '联网'],
    ['已提交', {}, submission, ''],
  ])('fault 50: says beside %s that two phones disagree, until somebody has chosen', (text, delivery, submitted, rest) => {
    const state = of({ ...delivery, conflicts: 2 }, submitted)
    expect(state.text).toContain(text)
    expect(state.note).toContain('有 2 处两台设备改得不一样，请选定')
    expect(state.note).toContain(rest)
  })

  it('never mixes the three', () => {
    const words = ['已存本机', '已同步', '已提交']
    const drafts = [of({ waiting: 1 }), of({}), of({ conflicts: 1 })]
    const submitted = [of({}, submission), of({ held: 1 }, submission), of({ conflicts: 1 }, submission)]
    for (const state of [...drafts, ...submitted])
      expect(words.filter((word) => `${state.text}${state.note.replace('已提交的那一份', '')}`.includes(word))).toHaveLength(1)
  })
})
