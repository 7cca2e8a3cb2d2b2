/** Whether the digits of a card number pass ISO/IEC 7812's check. Some cards of local banks don't: never refuse for it. */
export function luhnPasses(number: string): boolean {
  if (!/^\d+$/.test(number)) return false
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
