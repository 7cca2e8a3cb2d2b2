/** Unified social credit code, GB 32100-2015: 18 characters, the last of which checks the others. */

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Why a code can't be right, or null. I, O, S, V and Z don't occur. */
export function usccFault(text: string): 'length' | 'characters' | 'check' | null {
  const code = text.toUpperCase()
  if (code.length !== 18) return 'length'
  const values = [...code].map((character) => CHARACTERS.indexOf(character))
  if (values.includes(-1)) return 'characters'
  let weight = 1
  let sum = 0
  for (const value of values.slice(0, 17)) {
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return values[17] === (31 - (sum % 31)) % 31 ? null : 'check'
}

const kinds: Readonly<Record<string, { kind: string; paper: string }>> = {
  '91': { kind: '企业', paper: '企业法人营业执照' },
  '92': { kind: '个体工商户', paper: '个体工商户营业执照' },
  '93': { kind: '农民专业合作社', paper: '农民专业合作社营业执照' },
  '12': { kind: '事业单位', paper: '事业单位法人证书' },
  '51': { kind: '社会团体', paper: '社会团体法人登记证书' },
  '52': { kind: '民办非企业单位', paper: '民办非企业单位登记证书' },
}

/** Who holds such a code and which paper to ask for, by its first two characters; null when they tell nothing. Advice only. */
export function usccKind(text: string): { kind: string; paper: string } | null {
  const key = text.slice(0, 2)
  return Object.hasOwn(kinds, key) ? (kinds[key] ?? null) : null
}
