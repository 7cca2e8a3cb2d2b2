import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { application, begin, consent, phoneOf, signIn, type Person } from './application'

const server = await application()

const accountOf = async (person: Person) => ((await person.ask('GET', '/api/sessions/current')).body as { account: { id: string } }).account.id

async function withDraft() {
  const person = await signIn(server)
  const phone = phoneOf(person)
  const draft = randomUUID()
  await phone.push([begin(draft)])
  return { person, phone, draft }
}

describe('a phone pushes', () => {
  it('a new draft with answers, and another phone of the same person gets it whole', async () => {
    const { person, phone, draft } = await withDraft()
    const verdicts = await phone.push([
      { draft, path: 'name', value: '陈志远' },
      { draft, path: 'phone', value: '13900000000' },
      { draft, path: 'experience/r1', value: { order: 'a0' } },
      { draft, path: 'experience/r1/where', value: '无锡某某精密机械有限公司' },
    ])
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied', 'applied', 'applied'])
    const { drafts } = await phoneOf(person).pull()
    expect(drafts).toHaveLength(1)
    expect(drafts[0]).toMatchObject({ id: draft, revision: 5, conflicts: [], submission: null })
    expect(drafts[0]?.registers.map(({ path, value, version }) => [path, value, version])).toEqual([
      ['$draft', { call: '2021', award: 'technician', formVersion: 1 }, 1],
      ['name', '陈志远', 2],
      ['phone', '13900000000', 3],
      ['experience/r1', { order: 'a0' }, 4],
      ['experience/r1/where', '无锡某某精密机械有限公司', 5],
    ])
  })

  it('and later only what changed comes down', async () => {
    const { person, phone, draft } = await withDraft()
    await phone.push([{ draft, path: 'name', value: '陈' }])
    await phone.push([{ draft, path: 'name', value: '陈志远', base: 2 }])
    const { drafts } = await phoneOf(person).pull({ [draft]: 2 })
    expect(drafts[0]?.registers.map(({ path, version }) => [path, version])).toEqual([['name', 3]])
  })

  it('fault 14: the same operation twice, and it counts once, with the same answer', async () => {
    const { person, phone, draft } = await withDraft()
    const operation = phone.next({ draft, path: 'name', value: '陈志远' })
    const body = { device: phone.id, client: 1, operations: [operation] }
    const first = await person.ask('POST', '/api/sync/push', body)
    const second = await person.ask('POST', '/api/sync/push', body)
    expect(second.body.verdicts).toEqual(first.body.verdicts)
    expect((await phone.pull()).drafts[0]?.revision).toBe(2)
  })

  it('the same batch twice at once, and it counts once', async () => {
    const { person, phone, draft } = await withDraft()
    const body = { device: phone.id, client: 1, operations: [phone.next({ draft, path: 'name', value: '陈' })] }
    const replies = await Promise.all([1, 2, 3].map(() => person.ask('POST', '/api/sync/push', body)))
    expect(new Set(replies.map(({ body: { verdicts } }) => JSON.stringify(verdicts))).size).toBe(1)
    expect((await phone.pull()).drafts[0]?.revision).toBe(2)
  })

  it('fault 15: with a number left out, and is told where to begin again', async () => {
    const { person, phone, draft } = await withDraft()
    phone.next({ draft, path: 'name', value: 'lost' })
    const body = { device: phone.id, client: 1, operations: [phone.next({ draft, path: 'name', value: '陈' })] }
    const reply = await person.ask('POST', '/api/sync/push', body)
    expect(reply.status).toBe(409)
    expect(reply.body).toMatchObject({ code: 'gap', details: { expected: 2 } })
  })

  it('fault 28: numbers that it used before for something else: it was restored from a backup', async () => {
    const { person, phone, draft } = await withDraft()
    const operations = [{ seq: 1, draft, path: 'name', value: '陈', base: 0, at: '2021-04-21T00:00:00Z' }]
    const reply = await person.ask('POST', '/api/sync/push', { device: phone.id, client: 1, operations })
    expect(reply.body).toMatchObject({ code: 'fork', details: { last: 1 } })
  })

  it('text that looks like anything else, and gets it back as it was', async () => {
    const { phone, draft } = await withDraft()
    const values = ['13900000000', 'null', '{"a":1}', '匠\u{1F600}\u{20BB7}', 'a\u0000b', '\ud800', ' ']
    for (const value of values) {
      const { revision } = (await phone.pull()).drafts[0] ?? { revision: 0 }
      const standing = (await phone.pull()).drafts[0]?.registers.find(({ path }) => path === 'name')
      const [verdict] = await phone.push([{ draft, path: 'name', value, base: standing?.version ?? 0 }])
      expect(verdict).toMatchObject({ verdict: 'applied' })
      expect((await phone.pull({ [draft]: revision })).drafts[0]?.registers.map((register) => register.value)).toEqual([value])
    }
  })
})

describe('one operation is refused, and the others go through', () => {
  it.each([
    ['a field that the form does not have', 'nonsense', 'x', 'unknown-path'],
    ['a path out of the language', '__proto__', 'x', 'unknown-path'],
    ['a computed field', 'sex', '男', 'unknown-path'],
    ['a row that is none', 'experience/r1', 'x', 'bad-value'],
    ['a value nested without end', 'name', JSON.parse('['.repeat(50) + ']'.repeat(50)) as never, 'bad-value'],
    ['a value that is too large', 'name', 'x'.repeat(70_000), 'too-large'],
    ['an identity number before the consent', 'idNumber', '11010519491231002X', 'no-consent'],
    ['a photo of the identity card before the consent', 'idCard/p1', { order: 'a0' }, 'no-consent'],
    ['another award', '$draft', { call: '2021', award: 'studio', formVersion: 1 }, 'forbidden'],
  ])('%s', async (_, path, value, reason) => {
    const { phone, draft } = await withDraft()
    const verdicts = await phone.push([
      { draft, path, value },
      { draft, path: 'employer', value: '某某公司' },
    ])
    expect(verdicts[0]).toMatchObject({ verdict: 'rejected', reason })
    expect(verdicts[1]).toMatchObject({ verdict: 'applied' })
  })

  it('two phones’ consents to the same text are one, the first: the later phone is told of it', async () => {
    const { person, phone, draft } = await withDraft()
    const [first, later] = ['2021-04-20T01:00:00Z', '2021-04-20T01:00:09Z'].map((at) => ({ ...consent(draft), value: { at, version: '2021-1' } }))
    if (!first || !later) throw new Error('no consents')
    await phone.push([first])
    const other = phoneOf(person)
    expect(await other.push([later])).toMatchObject([{ verdict: 'applied', version: 2, current: { path: '$consent', value: first.value } }])
    expect((await other.pull()).drafts[0]).toMatchObject({ revision: 2, conflicts: [] })
  })

  it('after the consent, the identity number goes through', async () => {
    const { phone, draft } = await withDraft()
    const verdicts = await phone.push([consent(draft), { draft, path: 'idNumber', value: '1101' }])
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied'])
  })

  it("somebody else's draft does not exist", async () => {
    const { draft } = await withDraft()
    const stranger = phoneOf(await signIn(server))
    expect(await stranger.push([{ draft, path: 'name', value: 'x' }])).toMatchObject([
      { verdict: 'rejected', reason: 'unknown-draft' },
    ])
    const [verdict] = await stranger.push([begin(draft)])
    expect(verdict).toMatchObject({ verdict: 'rejected' })
    expect((await stranger.pull()).drafts).toEqual([])
  })

  it('a draft of a call that never was', async () => {
    const { phone } = await withDraft()
    const verdicts = await phone.push([
      { draft: randomUUID(), path: '$draft', value: { call: '1999', award: 'studio', formVersion: 1 } },
    ])
    expect(verdicts).toMatchObject([{ verdict: 'rejected', reason: 'bad-value' }])
  })
})

describe('two phones of one person', () => {
  it('edit different fields, and both edits stand', async () => {
    const { person, phone, draft } = await withDraft()
    const tablet = phoneOf(person)
    await phone.push([{ draft, path: 'name', value: '陈志远' }])
    await tablet.push([{ draft, path: 'employer', value: '某某公司' }])
    const registers = (await phone.pull()).drafts[0]?.registers.map(({ path, value }) => [path, value])
    expect(registers?.slice(1)).toEqual([
      ['name', '陈志远'],
      ['employer', '某某公司'],
    ])
  })

  it('edit the same field, and both values stay until a person chooses', async () => {
    const { person, phone, draft } = await withDraft()
    const tablet = phoneOf(person)
    await phone.push([{ draft, path: 'employer', value: '甲公司' }])
    const [verdict] = await tablet.push([{ draft, path: 'employer', value: '乙公司' }])
    expect(verdict).toMatchObject({
      verdict: 'conflict',
      conflict: { mine: '乙公司', reason: 'changed' },
      current: { value: '甲公司' },
    })
    const [listed] = (await phone.pull()).drafts[0]?.conflicts ?? []
    expect(listed).toMatchObject({ path: 'employer', mine: '乙公司', against: 2 })
    await phone.push([], [{ draft, conflict: listed?.id ?? '' }])
    expect((await tablet.pull()).drafts[0]?.conflicts).toEqual([])
  })

  it('type on after a conflict, and there is still one conflict, with the newest value', async () => {
    const { person, phone, draft } = await withDraft()
    const tablet = phoneOf(person)
    await phone.push([{ draft, path: 'employer', value: '甲公司' }])
    await tablet.push([{ draft, path: 'employer', value: '乙' }])
    await tablet.push([{ draft, path: 'employer', value: '乙公司' }])
    const conflicts = (await phone.pull()).drafts[0]?.conflicts
    expect(conflicts?.map(({ mine }) => mine)).toEqual(['乙公司'])
  })

  it('type the same value, and nothing has to be chosen', async () => {
    const { person, phone, draft } = await withDraft()
    await phone.push([{ draft, path: 'employer', value: '甲公司' }])
    expect(await phoneOf(person).push([{ draft, path: 'employer', value: '甲公司' }])).toMatchObject([
      { verdict: 'applied', version: 2 },
    ])
  })

  it('one deletes a row while the other fills it: the cell is kept as a conflict', async () => {
    const { person, phone, draft } = await withDraft()
    const tablet = phoneOf(person)
    await phone.push([{ draft, path: 'skills/r1', value: { order: 'a0' } }])
    await phone.push([{ draft, path: 'skills/r1', value: null, base: 2 }])
    const verdicts = await tablet.push([{ draft, path: 'skills/r1/content', value: '高速铣削' }])
    expect(verdicts).toMatchObject([{ verdict: 'conflict', conflict: { mine: '高速铣削', reason: 'deleted' } }])
  })

  it("nobody closes another's conflict", async () => {
    const { person, phone, draft } = await withDraft()
    await phone.push([{ draft, path: 'employer', value: '甲公司' }])
    await phoneOf(person).push([{ draft, path: 'employer', value: '乙公司' }])
    const conflict = (await phone.pull()).drafts[0]?.conflicts[0]?.id ?? ''
    await phoneOf(await signIn(server)).push([], [{ draft, conflict }])
    expect((await phone.pull()).drafts[0]?.conflicts).toHaveLength(1)
  })
})

describe('a request as a whole', () => {
  it("from a phone that is another account's is 403", async () => {
    const { phone } = await withDraft()
    const stranger = await signIn(server)
    for (const [url, body] of [
      ['/api/sync/push', { device: phone.id, client: 1, operations: [] }],
      ['/api/sync/pull', { device: phone.id, client: 1, cursors: {} }],
    ] as const)
      expect((await stranger.ask('POST', url, body)).body.code).toBe('device-of-another')
  })

  it('from a database of another account than the session’s is 403, and nothing is taken', async () => {
    const [owner, other] = [await signIn(server), await signIn(server)]
    const phone = phoneOf(owner)
    const numbers = { device: phone.id, client: 1, account: await accountOf(owner) }
    const operations = [phone.next(begin(randomUUID()))]
    for (const [url, body] of [['/api/sync/push', { ...numbers, operations }], ['/api/sync/pull', { ...numbers, cursors: {} }]] as const)
      expect((await other.ask('POST', url, body)).body.code).toBe('device-of-another')
    expect((await phoneOf(other).pull()).drafts).toEqual([])
    expect((await owner.ask('POST', '/api/sync/push', { ...numbers, operations })).status).toBe(200)
  })

  it('with 101 operations or over 256 KiB is 413', async () => {
    const { person, phone, draft } = await withDraft()
    const many = Array.from({ length: 101 }, () => phone.next({ draft, path: 'name', value: '' }))
    expect((await person.ask('POST', '/api/sync/push', { device: phone.id, client: 1, operations: many })).status).toBe(413)
    const large = [phone.next({ draft, path: 'name', value: 'x'.repeat(270_000) })]
    expect((await person.ask('POST', '/api/sync/push', { device: phone.id, client: 1, operations: large })).status).toBe(413)
  })

  it('without a session is 401', async () => {
    const body = { device: randomUUID(), client: 1, operations: [] }
    const reply = await server.app.inject({ method: 'POST', url: '/api/sync/push', payload: body })
    expect(reply.statusCode).toBe(401)
  })
})
