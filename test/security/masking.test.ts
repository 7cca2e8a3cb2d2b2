/** No screen shows a number of a person or an account in full unless its owner asks. */
import { describe, expect, it } from 'vitest'
import { textAt } from '../../src/documents/answerText'
import { formOf } from '../../src/domain/forms'
import { isSealed, isSensitive } from '../../src/domain/sync'

describe.each(['studio', 'technician'] as const)('security 28: in the form of a %s', (award) => {
  const form = formOf(award)
  const numbers = Object.entries(form.fields).filter(([, { kind }]) => ['idNumber', 'bankCard', 'bankAccount'].includes(kind))

  it('every ID number, card and account is sensitive, sealed, and shown in part', () => {
    expect(numbers.length).toBe(award === 'studio' ? 3 : 2)
    for (const [name] of numbers) {
      expect([isSensitive(form, name), isSealed(form, name)]).toEqual([true, true])
      for (const number of ['320211199001011234', '6222021103000000018', '32021', '12345678']) {
        const shown = textAt(form, name, number)
        expect(shown).toContain('*'.repeat(Math.min(5, number.length)))
        expect(shown).not.toContain(number)
      }
    }
  })

  it('what a print remembers is sealed, and ordinary answers are not', () => {
    for (const path of ['$print', 'sealedAnnex/p1/printed', 'idCard/p1/file']) expect(isSealed(form, path)).toBe(true)
    for (const path of ['$draft', '$consent', 'trade', 'occupation', 'sealedAnnex/p1/file', 'awardCerts/p1/caption', 'of-a-later-form'])
      expect(isSealed(form, path)).toBe(false)
  })
})
