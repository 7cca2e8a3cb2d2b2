/** What the law gives everybody about their own data: a copy of it, and its erasure. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../mock-server/audit/chains'
import { accounts, audit, drafts, files } from '../../mock-server/db/schema'
import { diskStorage, put } from '../../mock-server/files/storage'
import { openContent } from '../../mock-server/seal/content'
import { sealOf } from '../../mock-server/seal/draftSeal'
import { consentPoints } from '../../src/domain/consent'
import { call2021 } from '../../src/domain/calls/2021'
import { applicant, asReceipt } from '../mock-server/applicant'
import { application, asking, begin, consent, phoneOf, signIn } from '../mock-server/application'
import { testKeys } from '../support/keys'

const folder = await mkdtemp(join(tmpdir(), 'jiangshen-personal-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const storage = diskStorage(folder)
const server = await application({ files: storage })
const anyone = asking(server.app)

/** Rows of any table in which this text stands. */
async function rowsWith(text: string): Promise<string[]> {
  const { rows } = await server.db.$client.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`)
  const found: string[] = []
  for (const { name } of rows) {
    const { rows: hits } = await server.db.$client.query(`select 1 from ${name} one where position($1 in one::text) > 0`, [text])
    if (hits.length > 0) found.push(name)
  }
  return found.sort()
}

/** A photo of a draft, with its bytes on disk. */
async function withFile(draft: string): Promise<string> {
  const stored = randomUUID().replaceAll('-', '')
  await put(storage, stored, Buffer.from('photo'))
  await server.db.insert(files).values({ draft, sha256: stored.padEnd(64, '0'), type: 'image/jpeg', bytes: 5, state: 'confirmed', stored })
  return stored
}

describe('security 35: a copy of one’s own data', () => {
  it('is one JSON document with everything: numbers in full, past values, receipts, files', async () => {
    const person = await applicant(server)
    const before = (await person.device.pull()).drafts[0]?.registers ?? []
    const number = before.find(({ path }) => path === 'idNumber')?.value
    const tablet = phoneOf(person)
    await tablet.push([{ draft: person.draft, path: 'bankCard', value: '6222000000000000000' }])
    const base = before.find(({ path }) => path === 'employer')?.version ?? 0
    await person.device.push([{ draft: person.draft, path: 'employer', value: '改过的单位', base }])
    const receipt = asReceipt((await person.submit({ ...(await person.asked()) })).body)
    expect(receipt.number).toBeUndefined()
    const open = (await person.device.pull()).drafts[0]?.conflicts[0]?.id ?? ''
    await person.device.push([], [{ draft: person.draft, conflict: open }])
    const submitted = asReceipt((await person.submit()).body)

    const reply = await person.ask('GET', '/api/me/export')
    expect([reply.status, reply.headers['content-disposition']]).toEqual([200, 'attachment; filename="jiangshen-my-data.json"'])
    const { account, drafts: own, devices } = reply.body
    expect(account.phone).toBe(person.phone)
    expect(devices).toHaveLength(2)
    const [draft] = own
    expect(draft.answers.find(({ path }: { path: string }) => path === 'idNumber').value).toBe(number)
    expect(draft.history.map(({ value }: { value: unknown }) => value)).toEqual(expect.arrayContaining(['改过的单位', number]))
    expect(draft.history.length).toBeGreaterThan(draft.answers.length)
    expect(draft.conflicts[0]).toMatchObject({ path: 'bankCard', value: '6222000000000000000' })
    expect(draft.files.length).toBe(submitted.files)
    expect(draft.submissions[0]).toMatchObject({ state: 'stands', receipt: submitted, content: { answers: { idNumber: number } } })
    expect((await server.db.select().from(audit).where(eq(audit.action, 'exported'))).map(({ subject }) => subject)).toContain(account.id)
  })

  it('is a valid document for whoever has nothing, and for nobody else', async () => {
    const person = await signIn(server)
    expect((await person.ask('GET', '/api/me/export')).body).toMatchObject({ drafts: [] })
    expect((await anyone('GET', '/api/me/export')).status).toBe(401)
    const draft = randomUUID()
    await phoneOf(person).push([begin(draft)])
    const stranger = await signIn(server)
    expect(JSON.stringify((await stranger.ask('GET', '/api/me/export')).body)).not.toContain(draft)
  })
})

describe('security 35: erasing an account', () => {
  it('asks for a sign-in of the last five minutes', async () => {
    const person = await signIn(server)
    const draft = randomUUID()
    await phoneOf(person).push([begin(draft)])
    const now = server.clock.now
    server.clock.now += 5 * 60_000 + 1
    expect((await person.ask('DELETE', '/api/me')).body).toMatchObject({ code: 'sign-in-again' })
    server.clock.now = now - 1000
    expect((await person.ask('DELETE', '/api/me')).status).toBe(403)
    server.clock.now = now
    expect((await anyone('DELETE', '/api/me')).status).toBe(401)
    expect((await phoneOf(person).pull()).drafts).toHaveLength(1)
  })

  it('leaves nothing of what was never submitted, not even on disk', async () => {
    const person = await signIn(server)
    const phone = phoneOf(person)
    const draft = randomUUID()
    await phone.push([begin(draft), consent(draft), { draft, path: 'employer', value: '只有我写过的单位' }])
    const [verdict] = await phoneOf(person).push([{ draft, path: 'employer', value: '另一台写的单位' }])
    expect(verdict?.verdict).toBe('conflict')
    const stored = await withFile(draft)
    const account = (await person.ask('GET', '/api/me/export')).body.account.id as string
    expect((await person.ask('DELETE', '/api/me')).body).toEqual({ erased: 1, kept: [] })
    for (const text of ['只有我写过的单位', '另一台写的单位', person.phone]) expect(await rowsWith(text)).toEqual([])
    expect(await rowsWith(draft)).toEqual(['audit'])
    expect(await rowsWith(account)).toEqual(['accounts', 'audit'])
    expect(await readdir(folder)).not.toContain(stored)
    expect((await person.ask('POST', '/api/sync/pull', { device: phone.id, client: 1, cursors: {} })).status).toBe(401)
    expect((await verifyAudit(server.db)).faults).toEqual([])
  })

  it('leaves of what was submitted the receipt and the digest, and a content that nobody can open', async () => {
    const person = await applicant(server)
    const receipt = asReceipt((await person.submit()).body)
    const employer = (await person.device.pull()).drafts[0]?.registers.find(({ path }) => path === 'employer')?.value as string
    expect((await person.ask('DELETE', '/api/me')).body).toEqual({ erased: 1, kept: [] })
    expect((await anyone('POST', '/api/receipts/verify', { receipt })).body).toEqual({ valid: true, standing: 'withdrawn', receipt })
    const { rows } = await server.db.$client.query<{ content: string; digest: string }>('select * from submissions where number = $1', [receipt.number])
    expect(rows[0]?.digest).toBe(receipt.digest)
    expect(openContent(await sealOf(server.db, testKeys, person.draft), receipt.number, rows[0]?.content ?? '')).toBeNull()
    const { rows: left } = await server.db.$client.query(
      `select 1 from registers where draft = $1 union all select 1 from history where draft = $1 union all select 1 from files where draft = $1
       union all select 1 from identities where draft = $1 union all select 1 from draft_keys where draft = $1 and key is not null`, [person.draft])
    expect(left).toEqual([])
    expect(employer.length).toBeGreaterThan(3)
    const actions = await server.db.select().from(audit).where(eq(audit.subject, person.draft))
    expect(actions.at(-1)).toMatchObject({ action: 'draft-erased', detail: { because: 'asked', receipts: [receipt.number] } })
  })

  it('keeps what was awarded until its time is over, and says so', async () => {
    const person = await applicant(server)
    await person.submit()
    await server.db.update(drafts).set({ awardedAt: new Date(server.clock.now) }).where(eq(drafts.id, person.draft))
    expect((await person.ask('DELETE', '/api/me')).body).toEqual({ erased: 0, kept: [{ draft: person.draft, until: '2031-04-25' }] })
    const { rows } = await server.db.$client.query<{ value: never }>(`select value from registers where draft = $1 and path = 'idNumber'`, [person.draft])
    expect((await sealOf(server.db, testKeys, person.draft)).open('idNumber', rows[0]?.value as never)).toMatch(/^\d{17}/)
    expect(await rowsWith(person.phone)).toEqual([])
  })

  it('makes the same phone number somebody new, who sees nothing of before', async () => {
    const person = await applicant(server)
    await person.ask('DELETE', '/api/me')
    // Another code only goes to a number after a minute.
    server.clock.now += 61_000
    const again = await signIn(server, person.phone)
    expect((await phoneOf(again).pull()).drafts).toEqual([])
    const names = await server.db.select({ name: accounts.name }).from(accounts).where(sql`phone like 'erased %'`)
    expect(new Set(names.map(({ name }) => name))).toEqual(new Set(['已注销']))
  })
})

describe('security 35: the separate consent', () => {
  it('says what for, who sees it, for how long, and how to take it back; the years are those of the call', () => {
    const text = consentPoints(call2021).join()
    for (const words of ['用途', '谁能看到', '保存多久', '没有评上的 3 年', '评上的 10 年', '注销']) expect(text).toContain(words)
    expect(consentPoints({ retention: { draft: 2, submitted: 4, awarded: 6 } }).join()).toContain('没有评上的 4 年')
    expect(consentPoints({}).join()).toBe(text)
  })

  it('comes before the first sync of a number, bank accounts included', async () => {
    const phone = phoneOf(await signIn(server))
    const draft = randomUUID()
    const paths = ['idNumber', 'bankCard', 'unitAccount', 'idCard/p1']
    const verdicts = await phone.push([begin(draft, 'studio'), ...paths.map((path) => ({ draft, path, value: path === 'idCard/p1' ? { order: 'a' } : '1' }))])
    expect(verdicts.slice(1).map((one) => (one.verdict === 'rejected' ? one.reason : one.verdict))).toEqual(paths.map(() => 'no-consent'))
  })

  it('and nobody has to give bank data to submit', async () => {
    for (const award of ['studio', 'technician'] as const) {
      const person = await applicant(server, award, ['bankCard', 'cardBank', 'unitAccount', 'unitBank'])
      expect((await person.submit()).status).toBe(200)
    }
  })
})
