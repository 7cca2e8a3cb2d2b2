/** Values that programs stumble over. */
import type { Random } from '../../sync/random'

const huge = 'x'.repeat(70_000)
export const strings: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\uD800',
  '\uDC00\uD800',
  '陈\u202E志远\u2066',
  '\u200B\uFEFF\u00A0',
  'e\u0301\u0323'.repeat(200),
  '😀𠮷龘',
  '\uFFFE\uFFFF',
  "' OR '1'='1",
  "'; DROP TABLE drafts; --",
  "1'); select pg_sleep(5); --",
  '\\x00',
  '%00',
  '%',
  '_%',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '..\\..\\windows',
  'file:///etc/passwd',
  '=HYPERLINK("http://elsewhere.example")',
  '@SUM(1+1)*cmd|\' /C calc\'!A0',
  '$(id)`id`;id|id&&id',
  '%0d%0aSet-Cookie: a=b',
  'a\r\nSet-Cookie: a=b',
  '*)(uid=*',
  '{"$gt":""}',
  '[object Object]',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '9'.repeat(40),
  '０１２３',
  '٣',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'members/__proto__',
  '$draft',
  '$consent',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '2021-04-20T09:00:00+08:00',
  '2021-02-30T25:61:61Z',
  huge,
]
const numbers = [0, -1, 1, 1.5, 2_147_483_647, 2_147_483_648, -2_147_483_649, 2 ** 53, 2 ** 53 - 1, 1e21, 1e308, -1e308, 5e-324]

/** Any JSON value. */
export function anything(random: Random, depth = 3): unknown {
  const kind = random.whole(0, depth > 0 ? 8 : 5)
  if (kind <= 2) return random.pick(strings)
  if (kind === 3) return random.pick(numbers)
  if (kind === 4) return random.pick([true, false])
  if (kind === 5) return null
  if (kind === 6) return Array.from({ length: random.whole(0, 4) }, () => anything(random, depth - 1))
  if (kind === 7) return Object.fromEntries(
    Array.from({ length: random.whole(0, 4) }, () => [random.pick(strings), anything(random, depth - 1)]),
  )
  return deep(random.pick([5, 9, 50, 2000]), random.chance(0.5))
}

function deep(levels: number, inObjects: boolean): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i++) value = inObjects ? { a: value } : [value]
  return value
}

/** Damage to a text that was JSON. */
export function damaged(random: Random, text: string): Buffer {
  const at = random.whole(0, text.length)
  const bytes = Buffer.from(text)
  switch (random.whole(0, 10)) {
    case 0:
      return Buffer.from(text.slice(0, at))
    case 1:
      return Buffer.from(text.slice(0, at) + random.pick(['"', '{', '}', ']', ',', ':', '\\', '\u0000', '\n']) + text.slice(at))
    case 2:
      return Buffer.from(text.replace('{', `{"__proto__":{"admin":true},`))
    case 3:
      return Buffer.from(text.replace('{', `{"constructor":{"prototype":{"admin":true}},`))
    case 4:
      return Buffer.from(text.replace(/"(\w+)":/, (whole, key: string) => `${whole}1,"${key}":`)) // a key twice
    case 5:
      return Buffer.concat(
        [bytes.subarray(0, at), Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]), bytes.subarray(at)],
      ) // no UTF-8
    case 6:
      return Buffer.from(text, 'utf16le')
    case 7:
      return Buffer.from(`\uFEFF${text}`)
    case 8:
      return Buffer.from(text.replace(/\d+/, random.pick(['1e400', '-', '0x10', '01', '9'.repeat(400), 'NaN', '1.'])))
    case 9:
      return Buffer.from(`${'['.repeat(50_000)}${text}`)
    default:
      return Buffer.concat([bytes, Buffer.alloc(random.pick([1, 300_000]), 32), bytes])
  }
}
