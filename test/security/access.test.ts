import { randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Upload } from '@tus/server'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { guardAccess } from '../../mock-server/account/gate'
import type { Context } from '../../mock-server/context'
import { files, previews } from '../../mock-server/db/schema'
import { sealOf } from '../../mock-server/seal/draftSeal'
import { diskStorage, put } from '../../mock-server/files/storage'
import { access, recordDenial, ruleFor, type Rule } from '../../src/domain/access'
import { staffRoles, type Relation } from '../../src/domain/roles'
import { application, asking, begin, consent, phoneOf, type Ask } from '../mock-server/application'
import { newSession, somebody, type Kind, type Somebody } from './people'
import { testKeys } from '../support/keys'

const folder = await mkdtemp(join(tmpdir(), 'jiangshen-access-'))
await writeFile(join(folder, 'index.html'), '<!doctype html>')
const storage = diskStorage(await mkdtemp(join(tmpdir(), 'jiangshen-access-files-')))
const server = await application({ webRoot: folder, files: storage })
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const routes = [...new Set(server.app.allRoutes)].sort()
const digest = 'a'.repeat(64)

type Method = Parameters<Ask>[0]
const split = (route: string) => route.split(' ') as [Method & string, string]

/** The address with something in every place; what a record is looked up by is `id`. */
const addressOf = (path: string, id: string = randomUUID(), upload = 'f'.repeat(32)) =>
  path
    .replace('/handovers/:id', `/handovers/${digest}`)
    .replace(/:(id|session|grant|account)/, id)
    .replace(':upload', upload)
    .replace(':sha256', digest)
    .replace(':number', 'WX2021-T-0001')
    .replace('*', 'nothing.txt')

const metadata = (draft: string) =>
  Object.entries({ draft, sha256: digest, type: 'image/jpeg' })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** One request as far as the gate: what it carries is never good enough to change anything. */
async function knock(ask: Ask, route: string, url: string, draft: string = randomUUID()): ReturnType<Ask> {
  const [method, path] = split(route)
  // Answered behind the framework's back, where `inject` sees nothing.
  if (method === 'OPTIONS') return { status: (await fetch(address + url, { method })).status, body: {}, headers: {} }
  const tus = { 'tus-resumable': '1.0.0', 'upload-length': '4', 'upload-metadata': metadata(draft) }
  if (path.startsWith('/api/files')) return ask(method, url, undefined, tus)
  if (path.includes('/previews/') && method === 'PUT') return ask(method, url, 'x', { 'content-type': 'image/jpeg' })
  return ask(method, url, method === 'POST' || method === 'PUT' ? {} : undefined)
}

describe('the table', () => {
  it('has every route of the server, and none besides', () => {
    const inTable = new Set(Object.keys(access))
    expect(routes.filter((route) => !ruleFor(...split(route)))).toEqual([])
    const served = new Set(routes.map((route) => route.replace(/ \/api\/docs\/.*/, ' /api/docs/*')))
    expect([...inTable].filter((route) => !served.has(route))).toEqual([])
    expect(routes.length).toBeGreaterThan(40)
  })

  it('stops the start over a route that nobody thought of', () => {
    const app = Fastify()
    guardAccess(app, {} as Context)
    expect(() => app.get('/api/forgotten', () => ({}))).toThrow('GET /api/forgotten')
  })

  it('security 7: wants the second factor wherever a role is wanted, but to show the factor itself', () => {
    const table: Record<string, Rule> = access
    const staffOnly = Object.entries(table).filter(([, { may }]) => may.some((one) => staffRoles.includes(one as never)))
    const low = staffOnly.filter(([, { level }]) => level < 2).map(([route]) => route)
    expect(low).toEqual(['POST /api/second-factor', 'POST /api/second-factor/check'])
  })
})

const kinds: [string, Kind | null][] = [
  ['a guest', null],
  ['a disabled account', { disabled: true }],
  ['a disabled administrator', { disabled: true, role: 'admin', level: 2 }],
  ['an applicant', {}],
  ['a former administrator', { role: 'admin', level: 2, revoked: true }],
  ...staffRoles.flatMap((role): [string, Kind][] => [
    [`${role} at level 1`, { role }],
    [`${role} at level 2`, { role, level: 2 }],
  ]),
]

/** What the table says, read once more and by itself. */
function expected({ may, level, record }: Rule, kind: Kind | null): 'in' | 401 | 403 | 404 {
  if (may.includes('anyone')) return 'in'
  if (!kind || kind.disabled) return 401
  const role = kind.revoked ? undefined : kind.role
  if (!may.includes('applicant') && !(role && may.includes(role))) return 403
  if (level > (kind.level ?? 1)) return 403
  return record ? 404 : 'in'
}

describe('every route', () => {
  it.each(kinds)('answers %s as the table says', async (_, kind) => {
    const wrong: string[] = []
    for (const route of routes) {
      const rule = ruleFor(...split(route))
      if (!rule) throw new Error(route)
      // Somebody else for each, because some of these routes end their session, or them.
      const { ask } = kind ? await somebody(server, kind) : { ask: asking(server.app) }
      const { status } = await knock(ask, route, addressOf(split(route)[1]))
      const wanted = expected(rule, kind)
      const right = wanted === 'in' ? status !== 401 && status !== 403 && status < 500 : status === wanted
      if (!right) wrong.push(`${route}: ${status} instead of ${wanted}`)
    }
    expect(wrong).toEqual([])
  })

  it('says which of the two is missing', async () => {
    const { ask } = await somebody(server)
    expect((await ask('GET', '/api/staff')).body.code).toBe('forbidden')
    const low = await somebody(server, { role: 'admin' })
    expect((await low.ask('GET', '/api/staff')).body.code).toBe('second-factor')
    expect((await asking(server.app)('GET', '/api/staff')).body.code).toBe('signed-out')
  })
})

describe("security 17: somebody else's id", () => {
  async function ownerOfEverything() {
    const owner = await somebody(server)
    const draft = randomUUID()
    await phoneOf(owner).push([begin(draft), consent(draft)])
    const stored = randomUUID().replaceAll('-', '')
    await put(storage, stored, Buffer.from('abcd'))
    await server.db.insert(files).values({ draft, sha256: digest, type: 'image/jpeg', bytes: 4, state: 'confirmed', stored })
    const seal = await sealOf(server.db, testKeys, draft)
    await server.db.insert(previews).values({ draft, sha256: digest, bytes: seal.sealBytes(digest, Buffer.from('abcd')) })
    const upload = randomUUID().replaceAll('-', '')
    const facts = { draft, sha256: digest, type: 'image/jpeg' }
    await storage.tus.create(new Upload({ id: upload, size: 8, offset: 0, metadata: facts }))
    const { rows } = await server.db.$client.query<{ id: string }>('select id from sessions where account = $1', [owner.id])
    return { owner, draft, upload, session: rows[0]?.id ?? '' }
  }
  const withRecord = routes.filter((route) => ruleFor(...split(route))?.record)

  it.each([['an applicant', {}], ...staffRoles.map((role): [string, Kind] => [role, { role, level: 2 }])])(
    'looks like none to %s, on every route',
    async (_, kind) => {
      const { owner, draft, upload, session } = await ownerOfEverything()
      const stranger = await somebody(server, kind)
      const different: string[] = []
      for (const route of withRecord) {
        const [, path] = split(route)
        const theirs = addressOf(path, path.includes(':session') ? session : draft, upload)
        const [a, b] = [await knock(stranger.ask, route, theirs, draft), await knock(stranger.ask, route, addressOf(path))]
        if (a.status !== 404 || JSON.stringify(facts(a)) !== JSON.stringify(facts(b))) different.push(route)
      }
      expect(different).toEqual([])
      expect(withRecord.length).toBeGreaterThan(12)
      // Nothing of it was touched, and its owner gets it.
      expect((await owner.ask('GET', `/api/drafts/${draft}/files/${digest}`)).status).toBe(200)
      expect((await owner.ask('GET', `/api/drafts/${draft}/previews/${digest}`)).status).toBe(200)
      expect((await storage.tus.getUpload(upload)).offset).toBe(0)
    },
  )

  /** All that a stranger sees; the trace id and the dates say nothing. */
  function facts({ status, body, headers }: Awaited<ReturnType<Ask>>) {
    const { trace: _, ...rest } = body as { trace?: string }
    const { date, 'content-length': length, 'x-ratelimit-remaining': a, 'x-ratelimit-reset': b, ...others } = headers
    return { status, rest, others }
  }

  it('is answered like none by a push, operation by operation, and changes nothing', async () => {
    const { owner, draft } = await ownerOfEverything()
    const stranger = phoneOf(await somebody(server))
    const [theirs, unknown] = await stranger.push([
      { draft, path: 'name', value: '陈志远' },
      { draft: randomUUID(), path: 'name', value: '陈志远' },
    ])
    expect(theirs).toEqual({ ...unknown, seq: 1 })
    expect(theirs).toMatchObject({ verdict: 'rejected', reason: 'unknown-draft' })
    expect((await stranger.pull({ [draft]: 0 })).drafts).toEqual([])
    const history = (await owner.ask('GET', `/api/drafts/${draft}/history?path=name`)).body as { versions: unknown[] }
    expect(history.versions).toEqual([])
  })
})

describe('security 18: whom an applicant invites', () => {
  const table: Record<string, Rule> = access
  const ofDrafts = Object.entries(table).filter(([, { record }]) => record && record !== 'session')
  const may = (relation: Relation) => ofDrafts.filter(([, rule]) => recordDenial(rule, relation) === null).map(([route]) => route)

  it('as a mentor takes photos into the draft, and gets 403 for all else', () => {
    expect(may('mentor')).toEqual([
      'POST /api/drafts/:id/files/check',
      'PUT /api/drafts/:id/previews/:sha256',
      'POST /api/files',
      'HEAD /api/files/:upload',
      'PATCH /api/files/:upload',
      'DELETE /api/files/:upload',
    ])
    for (const [, rule] of ofDrafts) expect(['forbidden', null]).toContain(recordDenial(rule, 'mentor'))
  })

  it('as a co-editor never submits and never withdraws', () => {
    expect(may('applicant').filter((route) => !may('coEditor').includes(route))).toEqual([
      'POST /api/drafts/:id/submissions',
      'DELETE /api/drafts/:id/submission',
    ])
  })

  it('not at all gets 404', () => {
    for (const [, rule] of ofDrafts) expect(recordDenial(rule, null)).toBe('not-found')
  })
})

describe('a role', () => {
  const admin = () => somebody(server, { role: 'admin', level: 2 })

  it('security 21: taken away is gone with the next request', async () => {
    const [by, other] = [await admin(), await admin()]
    expect((await other.ask('GET', '/api/staff')).status).toBe(200)
    const { staff } = (await by.ask('GET', '/api/staff')).body as { staff: { account: { id: string }; roles: { id: string }[] }[] }
    const grant = staff.find(({ account }) => account.id === other.id)?.roles[0]?.id ?? ''
    expect((await by.ask('DELETE', `/api/staff/roles/${grant}`)).status).toBe(204)
    const refused = await other.ask('GET', '/api/staff')
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden'])
    expect((await by.ask('DELETE', `/api/staff/roles/${grant}`)).status).toBe(404)
  })

  it('is given by number, for a body of Annex 3, and works after the second factor', async () => {
    const by = await admin()
    const officer = await somebody(server)
    const given = { phone: officer.phone, role: 'recommender', body: '锡山区' }
    expect((await by.ask('POST', '/api/staff', given)).body.roles).toMatchObject([{ role: 'recommender', body: '锡山区' }])
    expect((await by.ask('POST', '/api/staff', given)).body.roles).toHaveLength(1)
    expect((await officer.ask('GET', '/api/sessions/current')).body).toMatchObject({
      level: 1,
      secondFactor: false,
      roles: [{ role: 'recommender', body: '锡山区' }],
    })
    for (const wrong of [
      { ...given, body: '浦东新区' },
      { ...given, body: '' },
      { ...given, role: 'admin' },
      { ...given, role: 'mayor', body: '' },
      { ...given, role: '__proto__', body: '' },
    ])
      expect((await by.ask('POST', '/api/staff', wrong)).body.code).toBe('bad-grant')
  })

  it('is needed by somebody: the last administrator stays, also when two remove each other', async () => {
    const alone = await application()
    const [one, two] = [await somebody(alone, { role: 'admin', level: 2 }), await somebody(alone, { role: 'admin', level: 2 })]
    const [a, b] = await Promise.all([
      one.ask('PUT', `/api/accounts/${two.id}/disabled`, { disabled: true }),
      two.ask('PUT', `/api/accounts/${one.id}/disabled`, { disabled: true }),
    ])
    expect([a.status, b.status].filter((status) => status === 204)).toHaveLength(1)
    const left = a.status === 204 ? one : two
    expect((await left.ask('PUT', `/api/accounts/${left.id}/disabled`, { disabled: true })).body.code).toBe('last-admin')
    const { staff } = (await left.ask('GET', '/api/staff')).body as { staff: { account: { id: string }; roles: { id: string }[] }[] }
    const own = staff.find(({ account }) => account.id === left.id)?.roles[0]?.id ?? ''
    expect((await left.ask('DELETE', `/api/staff/roles/${own}`)).body.code).toBe('last-admin')
  })
})

describe('security 13: a disabled account', () => {
  it('is out with its next request, on all devices, and cannot sign in until it is enabled', async () => {
    const by = await somebody(server, { role: 'admin', level: 2 })
    const person: Somebody = await somebody(server)
    const other = await newSession(server, person.id)
    const found = (await by.ask('POST', '/api/accounts/find', { phone: person.phone })).body as { account: { id: string } }
    expect(found.account.id).toBe(person.id)
    const set = (disabled: boolean) => by.ask('PUT', `/api/accounts/${person.id}/disabled`, { disabled })
    expect((await set(true)).status).toBe(204)
    for (const { ask } of [person, other]) expect((await ask('GET', '/api/sessions/current')).status).toBe(401)
    const anyone = asking(server.app)
    const code = async () => (await anyone('POST', '/api/codes', { phone: person.phone })).body as { request: string; code: string }
    const enter = async () => {
      const { request, code: digits } = await code()
      server.clock.now += 61_000
      return anyone('POST', '/api/sessions', { request, phone: person.phone, code: digits })
    }
    const refused = await enter()
    expect([refused.status, refused.body.code]).toEqual([401, 'disabled'])
    expect(refused.headers['set-cookie']).toBeUndefined()
    expect((await set(false)).status).toBe(204)
    expect((await enter()).status).toBe(200)
    // The old sessions are gone for good.
    expect((await person.ask('GET', '/api/sessions/current')).status).toBe(401)
  })
})
