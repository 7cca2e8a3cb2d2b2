import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HistoryPage } from '../../src/domain/history'
import { application, begin, phoneOf, signIn, type Person } from './application'

const server = await application()

async function withDraft() {
  const person = await signIn(server)
  const phone = phoneOf(person)
  const draft = randomUUID()
  await phone.push([begin(draft)])
  return { person, phone, draft }
}
async function historyOf({ ask }: Person, draft: string, query = ''): Promise<HistoryPage> {
  const reply = await ask('GET', `/api/drafts/${draft}/history${query}`)
  expect(reply.status).toBe(200)
  return reply.body as HistoryPage
}

describe('the history of a draft on the server', () => {
  it('names every value that ever stood, with who and when, latest first', async () => {
    const { person, phone, draft } = await withDraft()
    await phone.push([{ draft, path: 'name', value: '陈志' }])
    server.clock.now += 60_000
    await phone.push([{ draft, path: 'name', value: null, base: 2 }])
    const { versions, more } = await historyOf(person, draft)
    expect(more).toBe(false)
    const by = expect.stringContaining('****') as string
    expect(versions).toMatchObject([
      { path: 'name', value: null, version: 3, by, at: new Date(server.clock.now).toISOString() },
      { path: 'name', value: '陈志', version: 2 },
      { path: '$draft', version: 1 },
    ])
  })

  it('can be asked for one answer, and page by page', async () => {
    const { person, phone, draft } = await withDraft()
    for (let i = 0; i < 5; i++) {
      const base = (await phone.pull()).drafts[0]?.registers.find(({ path }) => path === 'name')?.version ?? 0
      await phone.push([
        { draft, path: 'name', value: `陈${i}`, base },
        { draft, path: 'employer', value: `厂${i}`, base: base && base + 1 },
      ])
    }
    const first = await historyOf(person, draft, '?path=name&limit=3')
    expect([first.more, ...first.versions.map(({ value }) => value)]).toEqual([true, '陈4', '陈3', '陈2'])
    const rest = await historyOf(person, draft, `?path=name&limit=3&before=${first.versions.at(-1)?.version}`)
    expect([rest.more, ...rest.versions.map(({ value }) => value)]).toEqual([false, '陈1', '陈0'])
  })

  it('comes in pages that no value can make huge', async () => {
    const { person, phone, draft } = await withDraft()
    for (let i = 0; i < 12; i++) await phone.push([{ draft, path: `skills/r${i}/content`, value: '匠'.repeat(60_000) }])
    const { versions, more } = await historyOf(person, draft)
    expect(more).toBe(true)
    expect(JSON.stringify(versions).length).toBeLessThan(600_000)
    expect((await historyOf(person, draft, `?before=${versions.at(-1)?.version}`)).versions.at(-1)?.path).toBe('$draft')
  })

  it("of somebody else's draft looks like that of none", async () => {
    const { draft } = await withDraft()
    const stranger = await signIn(server)
    const replies = await Promise.all([draft, randomUUID()].map((id) => stranger.ask('GET', `/api/drafts/${id}/history`)))
    for (const { status, body } of replies) expect([status, body.code]).toEqual([404, 'not-found'])
    expect(replies[0]?.body.message).toBe(replies[1]?.body.message)
  })

  it('without a session is 401', async () => {
    const { draft } = await withDraft()
    expect((await server.app.inject({ url: `/api/drafts/${draft}/history` })).statusCode).toBe(401)
  })

  it.each([
    ['?before=-1', '?before=x', '?limit=0', '?limit=1000000', '?limit=1e9'],
    ['?path=a&path=b', '?path=%00', `?path=${'x'.repeat(201)}`, '?__proto__=1', '?other=1'],
  ].flat())('refuses %s', async (query) => {
    const { person, draft } = await withDraft()
    const { status, body } = await person.ask('GET', `/api/drafts/${draft}/history${query}`)
    expect([status, typeof body.code]).toEqual([400, 'string'])
  })

  it.each(['', '%00', '__proto__', "'; drop table history; --"])('knows nothing of the path %s', async (path) => {
    const { person, draft } = await withDraft()
    const { status, body } = await person.ask('GET', `/api/drafts/${draft}/history?path=${encodeURIComponent(path)}`)
    expect([status, body]).toEqual([200, { versions: [], more: false }])
  })
})
