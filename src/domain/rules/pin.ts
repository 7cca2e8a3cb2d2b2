/** The PIN that locks the app on a phone: which ones are taken, and how long a wrong one costs. */

export const PIN_LENGTH = 6
const LONGEST = 20

/** Digits as they were meant: keyboards give full-width ones too, and people put spaces between. */
export const pinDigits = (typed: string): string => typed.normalize('NFKC').replaceAll(/\s/g, '')

/** Why this can't be the PIN; null where it can. */
export function pinProblem(typed: string): string | null {
  const pin = pinDigits(typed)
  if (!/^\d*$/.test(pin)) return '只能用数字'
  if (pin.length < PIN_LENGTH) return `至少要 ${PIN_LENGTH} 位数字`
  if (pin.length > LONGEST) return `最多 ${LONGEST} 位数字`
  const steps = new Set([...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i])))
  const [step = 9] = steps
  if (steps.size === 1 && Math.abs(step) <= 1) return '太容易被猜到了，请不要用连号或一样的数字'
  return null
}

/** Tries in a row after which only signing in helps. */
export const MOST_TRIES = 10
const FREE = 5
const FIRST_WAIT = 30_000

/** ms to wait after so many wrong tries in a row: none, from the fifth on 30 s, 1, 2, 4 … minutes. */
export const waitAfter = (wrong: number): number => (wrong < FREE ? 0 : FIRST_WAIT * 2 ** (wrong - FREE))
