import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { call2021 } from '../../src/domain/calls/2021'
import { eq } from 'drizzle-orm'
import { submissions } from '../../mock-server/db/schema'
import { openContent } from '../../mock-server/seal/content'
import { sealOf } from '../../mock-server/seal/draftSeal'
import { signedText } from '../../src/domain/submission'
import { testKeys } from '../support/keys'
import { applicant, asReceipt } from './applicant'
import { application, asking, nineOClock, phoneOf, signIn } from './application'

const server = await application()
const anyone = asking(server.app)
const closes = Date.parse(call2021.closesAt)

async function at<T>(ms: number, act: () => Promise<T>): Promise<T> {
  // Every person in this file lives at nine o'clock, but for what is under test.
  await anyone('POST', '/api/demo/clock', { now: new Date(ms).toISOString() })
  try {
    return await act()
  } finally {
    await anyone('POST', '/api/demo/clock', { now: null })
  }
}

describe('a complete application is submitted', () => {
  it.each(['studio', 'technician'] as const)('for a %s, and its receipt verifies publicly', async (award) => {
    const person = await applicant(server, award)
    const asked = await person.asked()
    const { status, body } = await person.submit(asked)
    expect(body).not.toHaveProperty('code')
    expect(status).toBe(200)
    const receipt = asReceipt(body)
    expect(receipt.number).toMatch(award === 'studio' ? /^WX2021-S-[2-9A-Z]{4}-\d{4,}$/ : /^WX2021-T-[2-9A-Z]{4}-\d{4,}$/)
    expect(receipt).toMatchObject({ award, call: '2021', draft: person.draft, ...asked, at: '2021-04-20T09:00:00+08:00' })
    expect(receipt.files).toBeGreaterThan(0)

    const { keys } = (await anyone('GET', '/api/keys')).body as { keys: (JsonWebKey & { kid: string })[] }
    const key = createPublicKey({ key: { ...keys.find(({ kid }) => kid === receipt.keyId) }, format: 'jwk' })
    expect(verify(null, Buffer.from(signedText(receipt)), key, Buffer.from(receipt.signature, 'base64url'))).toBe(true)
    expect((await anyone('GET', `/api/receipts/${receipt.number}`)).body).toEqual({ valid: true, standing: 'stands', receipt })
    expect((await anyone('POST', '/api/receipts/verify', { receipt })).body).toEqual({ valid: true, standing: 'stands', receipt })
    const { submission } = (await person.device.pull()).drafts[0] ?? {}
    expect(submission).toEqual({ receipt: receipt.number, revision: asked.revision, at: receipt.at })
  })

  it('and nothing personal stands in the receipt', async () => {
    const { body } = await (await applicant(server)).submit()
    const names = ['number', 'award', 'call', 'draft', 'revision', 'at', 'digest', 'files', 'bytes', 'keyId', 'signature']
    expect(Object.keys(body as object).sort()).toEqual(names.sort())
    expect(JSON.stringify(body)).not.toMatch(/[\u4e00-\u9fff]/)
  })

  it('fault 49: once, however often the button is tapped', async () => {
    const person = await applicant(server)
    const [asked, key] = [await person.asked(), randomUUID()]
    const replies = await Promise.all([1, 2, 3, 4].map(() => person.submit(asked, key)))
    const numbers = replies.filter(({ status }) => status === 200).map(({ body }) => asReceipt(body).number)
    expect(numbers.length).toBeGreaterThan(0)
    const refusals = replies.filter(({ status }) => status !== 200).map(({ body }) => (body as { code: string }).code)
    expect(refusals.filter((code) => code !== 'in-flight')).toEqual([])
    expect(asReceipt((await person.submit(asked, key)).body).number).toBe(numbers[0])
    expect(new Set(numbers).size).toBe(1)
    expect((await person.ask('GET', `/api/drafts/${person.draft}/receipts`)).body.receipts).toHaveLength(1)
  })

  it('and tapped on two phones at once, it has one receipt', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    const replies = await Promise.all([person.submit(asked), person.submit(asked)])
    expect(new Set(replies.map(({ body }) => asReceipt(body).number)).size).toBe(1)
  })

  it('but the same key with another body is a mistake, and so is none', async () => {
    const person = await applicant(server)
    const [asked, key] = [await person.asked(), randomUUID()]
    await person.submit(asked, key)
    expect(await person.submit({ ...asked, revision: asked.revision + 1 }, key)).toMatchObject({
      status: 422,
      body: { code: 'key-reused' },
    })
    expect((await person.ask('POST', `/api/drafts/${person.draft}/submissions`, asked)).status).toBe(400)
  })
})

describe('the closing instant', () => {
  it('fault 43: a millisecond before it is on time, and is still answered after it', async () => {
    const person = await applicant(server)
    const [asked, key] = [await person.asked(), randomUUID()]
    const reply = await at(closes - 1, () => person.submit(asked, key))
    expect(asReceipt(reply.body).at).toBe('2021-04-25T23:59:59+08:00')
    const again = await at(closes + 5000, () => person.submit(asked, key))
    expect(again.body).toEqual(reply.body)
  })

  it('fault 44: at it is late, the draft stays and still syncs', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    await at(closes, async () => {
      expect(await person.submit(asked)).toMatchObject({
        status: 409,
        body: { code: 'late', details: { closesAt: call2021.closesAt } },
      })
      const [verdict] = await person.device.push([{ draft: person.draft, path: '$title', value: '明年再报', base: 2 }])
      expect(verdict).toMatchObject({ verdict: 'applied' })
    })
  })

  it('received before it, answered after it: on time', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    const before = server.clock.now
    server.clock.now = closes - 1
    const reply = person.submit(asked)
    // The request has arrived; the database has yet to answer.
    setImmediate(() => (server.clock.now = closes + 2000))
    expect((await reply).status).toBe(200)
    server.clock.now = before
    await anyone('POST', '/api/demo/clock', { now: null })
  })

  it('before the call opens nothing is submitted', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    expect(await at(Date.parse(call2021.opensAt) - 1, () => person.submit(asked))).toMatchObject({ body: { code: 'not-open' } })
  })
})

describe('a submission is refused', () => {
  it('when the phone saw another revision', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    await person.device.push([
      { draft: person.draft, path: 'post', value: '班长', base: 999 },
      { draft: person.draft, path: '$title', value: 'x', base: 2 },
    ])
    expect(await person.submit(asked)).toMatchObject({ status: 409, body: { code: 'stale' } })
  })

  it('when something required is missing, with what and where', async () => {
    const person = await applicant(server, 'technician', ['employer'])
    const { status, body } = await person.submit()
    expect([status, body.code]).toEqual([409, 'incomplete'])
    expect((body.details.problems as { path: string }[]).map(({ path }) => path)).toContain('employer')
  })

  it('when a condition of the notice is not met, with its clause', async () => {
    const person = await applicant(server, 'technician', ['claims'])
    await person.device.push([{ draft: person.draft, path: 'claims', value: [] }])
    expect((await person.submit()).body).toMatchObject({ code: 'incomplete' })
  })

  it('when files have not arrived, with which', async () => {
    const person = await applicant(server)
    const { rows } = await server.db.$client.query<{ sha256: string }>(
      'delete from files where sha256 = (select sha256 from files where draft = $1 limit 1) and draft = $1 returning sha256',
      [person.draft],
    )
    expect((await person.submit()).body).toMatchObject({ code: 'files-missing', details: { missing: [rows[0]?.sha256] } })
  })

  it('when the digest is another one', async () => {
    const person = await applicant(server)
    const asked = await person.asked()
    expect((await person.submit({ ...asked, digest: '0'.repeat(64) })).body).toMatchObject({ code: 'digest-differs' })
  })

  it('when two values of a required field wait for a choice, until one is chosen', async () => {
    const person = await applicant(server)
    const tablet = phoneOf(person)
    const [verdict] = await tablet.push([{ draft: person.draft, path: 'employer', value: '乙公司' }])
    if (verdict?.verdict !== 'conflict') throw new Error('Both phones agree')
    expect((await person.submit()).body).toMatchObject({ code: 'conflicts', details: { conflicts: [{ path: 'employer' }] } })
    await person.device.push([], [{ draft: person.draft, conflict: verdict.conflict.id }])
    expect((await person.submit()).status).toBe(200)
  })

  it('while a bank card, a table row or its witness has two values, with all of their paths at once', async () => {
    const person = await applicant(server)
    const row = (await person.device.pull()).drafts[0]?.registers.find(({ path }) => /^experience\/[^/]+$/.test(path))?.path
    const tablet = phoneOf(person)
    const paths = ['bankCard', `${row}`, `${row}/witness`]
    const verdicts = await tablet.push(paths.map((path) => ({ draft: person.draft, path, value: path === row ? null : '另一个' })))
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['conflict', 'conflict', 'conflict'])
    const { body } = await person.submit()
    expect(body.code).toBe('conflicts')
    expect((body.details.conflicts as { path: string }[]).map(({ path }) => path).sort()).toEqual(paths.sort())
  })

  it('but not for two values of what nobody has to answer: what stands is submitted', async () => {
    const person = await applicant(server)
    const tablet = phoneOf(person)
    const [title] = await person.device.push([{ draft: person.draft, path: '$title', value: '我的申报' }])
    if (title?.verdict !== 'applied') throw new Error('The title was not taken')
    const [fax, name] = await tablet.push([
      { draft: person.draft, path: 'fax', value: '0510-80000009' },
      { draft: person.draft, path: '$title', value: '另一个名字' },
    ])
    expect([fax?.verdict, name?.verdict]).toEqual(['conflict', 'conflict'])
    const reply = await person.submit()
    expect(reply.body).not.toHaveProperty('code')
    const { number } = asReceipt(reply.body)
    const [stored] = await server.db.select().from(submissions).where(eq(submissions.number, number))
    const content = openContent(await sealOf(server.db, testKeys, person.draft), number, stored?.content ?? '')
    expect(content).toContain('0510-80000267')
    expect(content).not.toContain('0510-80000009')
    expect(asReceipt(reply.body).digest).toBe((await person.asked()).digest)
  })

  it("to everybody but the draft's owner", async () => {
    const person = await applicant(server)
    const { ask } = await signIn(server)
    const url = `/api/drafts/${person.draft}`
    const key = { 'idempotency-key': randomUUID() }
    expect((await ask('POST', `${url}/submissions`, await person.asked(), key)).status).toBe(404)
    expect((await ask('DELETE', `${url}/submission`)).status).toBe(404)
    expect((await ask('GET', `${url}/receipts`)).status).toBe(404)
  })
})

describe('after submitting', () => {
  it('an edit leaves the submitted one standing, and a later submission replaces it', async () => {
    const person = await applicant(server)
    const first = asReceipt((await person.submit()).body)
    const pulled = (await person.device.pull()).drafts[0]
    const base = pulled?.registers.find(({ path }) => path === 'dossierText')?.version ?? 0
    await person.device.push([{ draft: person.draft, path: 'dossierText', value: '补充一项业绩。', base }])
    expect((await person.device.pull()).drafts[0]?.submission).toMatchObject({ receipt: first.number, revision: first.revision })
    const second = asReceipt((await person.submit()).body)
    expect(second.revision).toBeGreaterThan(first.revision)
    expect((await anyone('POST', '/api/receipts/verify', { receipt: first })).body).toMatchObject({
      valid: true,
      standing: 'replaced',
    })
    const { receipts, standings } = (await person.ask('GET', `/api/drafts/${person.draft}/receipts`)).body
    expect((receipts as { number: string }[]).map(({ number }) => number)).toEqual([second.number, first.number])
    expect(standings).toEqual({ [first.number]: 'replaced', [second.number]: 'stands' })
  })

  it('the applicant can withdraw before the closing instant, and submitted again', async () => {
    const person = await applicant(server)
    const first = asReceipt((await person.submit()).body)
    for (let i = 0; i < 2; i++) expect((await person.ask('DELETE', `/api/drafts/${person.draft}/submission`)).status).toBe(204)
    expect((await person.device.pull()).drafts[0]?.submission).toBeNull()
    expect((await anyone('GET', `/api/receipts/${first.number}`)).body).toMatchObject({ valid: true, standing: 'withdrawn' })
    const second = asReceipt((await person.submit()).body)
    expect(second.number).not.toBe(first.number)
  })

  it('but not at or after it, nor when nothing was submitted', async () => {
    const person = await applicant(server)
    expect((await person.ask('DELETE', `/api/drafts/${person.draft}/submission`)).body.code).toBe('not-submitted')
    await person.submit()
    const late = await at(closes, () => person.ask('DELETE', `/api/drafts/${person.draft}/submission`))
    expect(late).toMatchObject({ status: 409, body: { code: 'late' } })
    expect((await person.device.pull()).drafts[0]?.submission).not.toBeNull()
  })
})

describe('a receipt', () => {
  it('that was tampered with is not valid', async () => {
    const receipt = asReceipt((await (await applicant(server)).submit()).body)
    for (const change of [{ digest: '0'.repeat(64) }, { at: '2021-04-25T10:00:00+08:00' }, { files: 1 }, { keyId: 'other' }])
      expect((await anyone('POST', '/api/receipts/verify', { receipt: { ...receipt, ...change } })).body).toEqual({
        valid: false,
      })
    expect((await anyone('GET', '/api/receipts/WX2021-T-AAAA-0001')).body).toEqual({ valid: false })
  })

  it('is valid by its signature alone, also when its number is gone', async () => {
    const receipt = asReceipt((await (await applicant(server)).submit()).body)
    await server.db.$client.query('delete from submissions where number = $1', [receipt.number])
    expect((await anyone('POST', '/api/receipts/verify', { receipt })).body).toEqual({ valid: true, receipt })
  })

  it('still verifies after a restart, and new ones are signed with the same key', async () => {
    const person = await applicant(server)
    const receipt = asReceipt((await person.submit()).body)
    const again = await server.restarted()
    expect((await asking(again)('POST', '/api/receipts/verify', { receipt })).body).toMatchObject({
      valid: true,
      standing: 'stands',
    })
    expect((await asking(again)('GET', '/api/keys')).body).toEqual((await anyone('GET', '/api/keys')).body)
    expect(server.clock.now).toBe(nineOClock)
  })
})
