import type { InputHTMLAttributes } from 'vue'
import type { SimpleKind } from '../../domain/forms/kinds'

/** Which keyboard a phone offers for a kind, and what it must not "correct". */
export const keyboards: Partial<Record<SimpleKind, InputHTMLAttributes>> = {
  number: { inputmode: 'decimal', autocomplete: 'off' },
  date: { inputmode: 'numeric', autocomplete: 'off' },
  month: { inputmode: 'numeric', autocomplete: 'off' },
  // The last character may be an X, which numeric keyboards lack.
  idNumber: { inputmode: 'text', autocapitalize: 'characters', autocomplete: 'off', spellcheck: false },
  uscc: { inputmode: 'text', autocapitalize: 'characters', autocomplete: 'off', spellcheck: false },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel' },
  landline: { type: 'tel', inputmode: 'tel', autocomplete: 'off' },
  bankCard: { inputmode: 'numeric', autocomplete: 'off' },
  bankAccount: { inputmode: 'numeric', autocomplete: 'off' },
  // Not type=email: browsers refuse to show or tell what they think is wrong there.
  email: { inputmode: 'email', autocapitalize: 'none', autocomplete: 'email', spellcheck: false },
  qq: { inputmode: 'numeric', autocomplete: 'off' },
  postcode: { inputmode: 'numeric', autocomplete: 'off' },
}

/** How long numbers are read aloud, in groups of so many characters; the last length repeats. */
export const groupings: Partial<Record<SimpleKind, readonly number[]>> = {
  idNumber: [6, 8, 4],
  uscc: [2, 6, 9, 1],
  phone: [3, 4, 4],
  bankCard: [4],
  bankAccount: [4],
}

/** `6222 0211 …`: the text cut into groups, all characters kept. */
export function grouped(text: string, lengths: readonly number[]): string {
  const parts: string[] = []
  let at = 0
  while (at < text.length) {
    const length = lengths[parts.length] ?? lengths.at(-1) ?? 4
    parts.push(text.slice(at, at + length))
    at += length
  }
  return parts.join(' ')
}
