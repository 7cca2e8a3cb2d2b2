import { isIPv6 } from 'node:net'

/**
 * What counts as one address where sending is limited. A household or a phone has a whole /64 of IPv6 to itself, and could
 * take another address for every request.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const plain = address.split('%')[0] ?? ''
  if (!isIPv6(plain)) return address
  const [head = '', tail = ''] = plain.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groups(head), groups(tail)]
  const zeros = plain.includes('::') ? Math.max(0, 8 - first.length - last.length) : 0
  const whole = [...first, ...Array<string>(zeros).fill('0'), ...last]
  return `${whole.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
