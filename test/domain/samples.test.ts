import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { call2021 } from '../../src/domain/calls/2021'
import { callAt } from '../../src/domain/calls'
import { formOf } from '../../src/domain/forms'
import { effectiveAnswer, isAsked, isEmpty, type Fields, type PhotosField } from '../../src/domain/forms/kinds'
import { schemaOf } from '../../src/domain/forms/schema'
import { birthDateOf, idNumberFault, sexOf } from '../../src/domain/rules/idNumber'
import { fullYears } from '../../src/domain/rules/dates'
import { luhnPasses } from '../../src/domain/rules/luhn'
import { usccFault } from '../../src/domain/rules/uscc'
import { countWords } from '../../src/domain/rules/words'
import { samples, studioSample } from '../support/samples'

const now = callAt(Date.parse('2026-12-20T10:00:00+08:00'), { fixedClock: false })
const cases = [call2021, now].flatMap((call) => samples.map((sample) => ({ call, sample, name: `${sample.id}, ${call.id}` })))

/** Everything that is asked and has no answer, rows and their cells included. */
function missing(fields: Fields, answers: Record<string, unknown>): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (!isAsked(field, answers)) return []
    const value = effectiveAnswer(fields, name, answers)
    if (isEmpty(value)) return [field.label]
    if (field.kind !== 'rows') return []
    return (value as Record<string, unknown>[]).flatMap((row) => missing(field.columns, row).map((label) => `${field.label} ${label}`))
  })
}

describe.each(cases)('the sample application: $name', ({ call, sample }) => {
  const form = formOf(sample.award)
  const answers = sample.answers(call)

  test('answers everything that is asked', () => {
    expect(missing(form.fields, answers)).toEqual([])
  })

  test('has nothing that the form would object to', async () => {
    await expect(schemaOf(form.fields, call).validate(answers, { abortEarly: false })).resolves.toBeTruthy()
  })

  test('has check digits that hold', () => {
    expect(idNumberFault(String(answers.idNumber))).toBeNull()
    expect(usccFault(String(answers.uscc))).toBeNull()
    expect(luhnPasses(String(answers.bankCard))).toBe(true)
  })

  test('grows older and younger with the call, not with the calendar', () => {
    const age = fullYears(birthDateOf(answers.idNumber) ?? '', call.closingDay)
    expect([sexOf(answers.idNumber), age]).toEqual(sample.id === 'studio' ? ['女', 49] : ['男', 41])
    expect(JSON.stringify(answers)).not.toContain('NaN')
  })

  test('is longer than a stub and no longer than allowed', () => {
    const texts = Object.entries(form.fields).flatMap(([name, field]) =>
      field.kind === 'longText' && isAsked(field, answers) ? [{ field, words: countWords(String(answers[name])) }] : [],
    )
    expect(texts.filter(({ field, words }) => words < 100 || words > (field.max ?? Infinity))).toEqual([])
  })

  test('has evidence for every claim and a captioned picture for every shot', () => {
    const proven = sample.files.filter(({ slot }) => slot === 'achievementProofs').map(({ proves }) => proves)
    expect(proven).toEqual(answers.claims)
    for (const [slot, field] of Object.entries(form.fields) as [string, PhotosField][])
      for (const shot of field.shots ?? []) {
        const taken = sample.files.find((file) => file.slot === slot && file.shot === shot.id)
        expect({ ...taken }).toMatchObject({ shot: shot.id, proves: shot.proves, caption: expect.stringMatching(/.{6,}/) })
      }
  })
})

test('awards of the sample studio lie within the last five years', () => {
    for (const { year } of studioSample.answers(now).awards as { year: number }[]) {
    expect(year).toBeGreaterThanOrEqual(Number(now.recentSince.slice(0, 4)))
    expect(year).toBeLessThanOrEqual(Number(now.closingDay.slice(0, 4)))
  }
})

test('every file is what it says, upright and without metadata', async () => {
  for (const { file, bytes } of samples.flatMap(({ files }) => files)) {
    const stored = await bytes()
    const look = file.type === 'image/jpeg' ? await lookAt(stored) : { type: 'application/pdf', pages: 3 }
    const { name: _, ...facts } = file
    expect({ sha256: createHash('sha256').update(stored).digest('hex'), bytes: stored.length, ...look }).toEqual(facts)
  }
})

/** Size and type; and whatever a strict server would refuse: metadata of any kind, bytes behind the picture's end. */
async function lookAt(jpeg: Uint8Array) {
  const { format, width, height, exif, xmp, iptc, icc, orientation } = await sharp(jpeg).metadata()
  const hidden = [exif, xmp, iptc, icc, orientation].filter((one) => one !== undefined)
  const cleanEnd = Buffer.from(jpeg.slice(-2)).toString('hex') === 'ffd9'
  return { type: `image/${format}`, width, height, ...(hidden.length > 0 && { hidden }), ...(!cleanEnd && { cleanEnd }) }
}

test('the portrait has the size of two inches', () => {
  const portrait = samples.flatMap(({ files }) => files).find(({ slot }) => slot === 'portrait')
  expect(portrait?.file).toMatchObject({ width: 413, height: 579 })
})
