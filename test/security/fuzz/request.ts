/** One request out of a seed and its number: the same ones make the same request. */
import { Random } from '../../sync/random'
import { fitting, twisted, type Known, type Route, type Schema } from './contract'
import { damaged, strings } from './nasty'

export interface FuzzRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | null
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const contentTypes = [
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'image/jpeg',
  'application/offset+octet-stream',
  '*/*',
  'nonsense',
  '',
]

/** Signed out or erased, the fuzzer would stand before closed doors; these routes have tests of their own. */
export const ending = (method: string, url: string) => method === 'DELETE' && /^\/api\/(sessions|me$)/.test(url)

export function requestOf(
  seed: number,
  at: number,
  routes: readonly Route[],
  known: Known,
  cookies: readonly string[],
): FuzzRequest {
  const random = new Random(seed * 1_000_003 + at)
  const route = random.pick(routes)
  const isUpload = route.url.startsWith('/api/files')
  const other = random.chance(0.93) ? route.method : random.pick(methods)
  const method = ending(other, route.url) ? route.method : other
  const headers: Record<string, string> = {
    // Limits per address are not what is looked for here.
    'x-forwarded-for': `10.${random.whole(0, 255)}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
  }
  if (random.chance(0.8)) headers.cookie = random.pick(cookies)
  else if (random.chance(0.3)) headers.cookie = `__Host-session=${header(random)}`
  if (random.chance(0.05)) headers[random.pick(
    [
      'accept',
      'accept-encoding',
      'range',
      'if-none-match',
      'origin',
      'referer',
      'content-encoding',
      'x-http-method-override',
      'forwarded',
      'sec-fetch-site',
    ],
  )] = header(random)
  if (route.url.endsWith('/submissions')) headers['idempotency-key'] = random.chance(0.8) ? random.uuid() : header(random)
  if (route.url === '/api/handovers')
    headers['x-handover'] = random.chance(0.7) ? random.uuid().replaceAll('-', '').repeat(2) : header(random)
  if (isUpload) Object.assign(headers, uploadHeaders(random, method, known))
  const body = method === 'GET' || method === 'HEAD' ? null : bodyOf(random, route, known, headers)
  return { method, path: pathOf(random, route, known), headers, body }
}

/** Header values are Latin-1 without line ends; Node sends no others. */
const header = (random: Random) => random.pick(strings).slice(0, 3000).replace(/[^\u0020-\u007e\u0080-\u00ff]/g, '?')

const plain = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(
  /\p{Surrogate}/gu,
  '\uFFFD',
)

function pathOf(random: Random, route: Route, known: Known): string {
  const params = new Map(route.params)
  const path = route.url.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = random.chance(0.85) ? fitting(params.get(name) ?? {}, name, random, known) : random.pick(strings).slice(0, 2000)
    return random.chance(0.98) ? encodeURIComponent(plain(value)) : random.pick(
      ['%', '%E0%A4%A', '%00', '..%2f..%2f', '%2e%2e/', '//', ''],
    )
  })
  if (route.query.length === 0 && random.chance(0.97)) return path
  const valueOf = (name: string, schema: Schema) => {
    const kind = random.whole(0, 3)
    return kind < 2 ? random.whole(1, 300) : kind === 2 ? fitting(schema, name, random, known) : random.pick(strings).slice(0, 2000)
  }
  const query = [...route.query, ...(random.chance(0.2) ? ([['x', {}]] as Route['query']) : [])]
    .filter(() => random.chance(0.6))
    .map(([name, schema]) => `${name}=${encodeURIComponent(plain(valueOf(name, schema)))}`)
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}

function bodyOf(random: Random, route: Route, known: Known, headers: Record<string, string>): Buffer | null {
  if (!route.body) {
    const types: Record<string, string> = {
      '/api/handovers': 'application/octet-stream',
      '/api/drafts/{id}/previews/{sha256}': 'image/jpeg',
    }
    if (random.chance(0.9) && types[route.url]) headers['content-type'] = types[route.url] ?? ''
    return random.chance(0.6) ? Buffer.from(random.pick(strings)) : null
  }
  headers['content-type'] = random.chance(0.94) ? 'application/json' : random.pick(contentTypes)
  if (headers['content-type'] === '') delete headers['content-type']
  let value = fitting(route.body, 'body', random, known)
  for (let left = random.pick([0, 0, 1, 1, 2]); left > 0; left--) value = twisted(value, random)
  const text = JSON.stringify(value) ?? ''
  return random.chance(0.85) ? Buffer.from(text) : damaged(random, text)
}

function uploadHeaders(random: Random, method: string, known: Known): Record<string, string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const facts = {
    draft: random.chance(0.8) ? random.pick(known.drafts) : random.pick(strings),
    sha256: random.chance(0.8) ? random.uuid().replaceAll('-', '').repeat(2) : random.pick(strings),
    type: random.chance(0.8) ? random.pick(['image/jpeg', 'application/pdf']) : random.pick(strings),
    ...(random.chance(0.1) ? { [random.pick(['filename', '__proto__', 'constructor'])]: random.pick(strings) } : {}),
  }
  const metadata = Object.entries(facts).map(
    ([name, value]) => `${name} ${random.chance(0.95) ? base64(value.slice(0, 2000)) : '%%%'}`,
  ).join(random.chance(0.95) ? ',' : ' ')
  const number = () => (random.chance(0.7) ? String(random.whole(0, 60)) : random.pick(
    ['-1', '1e9', '99999999999999999999', 'NaN', '0x10', ''],
  ))
  const some = (name: string, value: string): Record<string, string> => (random.chance(0.9) ? { [name]: value } : {})
  return {
    ...some('tus-resumable', random.chance(0.95) ? '1.0.0' : header(random)),
    ...(method === 'POST' ? { ...some('upload-length', number()), ...some('upload-metadata', metadata.slice(0, 8000)) } : {}),
    ...(method === 'PATCH' ? {
      ...some('upload-offset', number()),
      ...some('content-type', 'application/offset+octet-stream'),
    } : {}),
    ...(random.chance(0.2) ? { 'upload-checksum': random.pick(['sha256 x', 'md5 abc', `sha256 ${'A'.repeat(43)}=`, '']) } : {}),
    ...(random.chance(0.05) ? { 'upload-concat': 'partial', 'upload-defer-length': '1' } : {}),
  }
}
