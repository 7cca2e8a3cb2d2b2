import { describe, expect, it } from 'vitest'
import { answerText, textAt } from '../../src/documents/answerText'
import { studio } from '../../src/domain/forms/studio'
import { technician } from '../../src/domain/forms/technician'
import type { Json } from '../../src/domain/sync'

describe('an answer in words', () => {
  it.each<[string, Json, string]>([
    ['name', '陈志远', '陈志远'],
    ['name', null, ''],
    ['idNumber', '11010519491231002X', '11010519******002X'],
    ['idNumber', '1101', '****'],
    ['bankCard', '6222021103012345678', '6222***********5678'],
    ['titlesHeld', ['none-of-this-form'], 'none-of-this-form'],
    ['titlesHeld', 'not a list', ''],
    ['experience/r', { order: 'a0' }, '有这一行'],
    ['experience/r', null, ''],
    ['experience/r/where', '无锡精密', '无锡精密'],
    ['awardCerts/p', { order: 'a0' }, '有这一张'],
    ['awardCerts/p/file', { sha256: 'x', type: 'image/jpeg', bytes: 2_200_000 }, '照片，2.1 MB'],
    ['awardCerts/p/file', { sha256: 'x', type: 'application/pdf', bytes: 2_200_000, pages: 3 }, 'PDF 文件，3 页，2.1 MB'],
    ['awardCerts/p/file', 'nonsense', 'nonsense'],
    ['awardCerts/p/taken', { at: '2021-04-20T01:02:03Z' }, '2021-04-20 09:02 拍摄'],
    ['awardCerts/p/caption', '省赛第一名', '省赛第一名'],
    ['$title', '我的申报', '我的申报'],
    ['$consent', { version: '1', at: '' }, ''],
    ['of-a-later-form', { deep: 1 }, '（有内容）'],
    ['__proto__', 'x', 'x'],
  ])('%s %j: %s', (path, value, text) => expect(textAt(technician, path, value)).toBe(text))

  it('that follows another one, or is computed, says what counts', () => {
    const answers = { employer: '无锡精密', idNumber: '11010519491231002X' }
    expect(answerText(technician.fields, 'sex', answers)).toBe('女')
    expect(answerText(studio.fields, 'applyingUnit', answers)).toBe('无锡精密')
  })
})
