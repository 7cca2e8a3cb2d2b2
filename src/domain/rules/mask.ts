/** Numbers that a screen shows only in part. What is half typed is covered entirely. */

/** `11010519******002X`: of 18 characters the first eight and the last four stay. */
export function maskId(number: string): string {
  return number.length === 18 ? covered(number, 8, 4) : maskCard(number)
}

/** `6222***********5678`: of 15 characters or more the first and the last four stay. */
export function maskCard(number: string): string {
  return number.length >= 15 ? covered(number, 4, 4) : '*'.repeat(number.length)
}

function covered(number: string, first: number, last: number): string {
  return number.slice(0, first) + '*'.repeat(number.length - first - last) + number.slice(-last)
}
