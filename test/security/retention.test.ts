/** Applications whose time is over are erased, and nothing else ever is. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../mock-server/audit/chains'
import { timeFrom } from '../../mock-server/clock'
import { audit, codes, drafts, files, sessions } from '../../mock-server/db/schema'
import { diskStorage, put } from '../../mock-server/files/storage'
import { GRACE_DAYS, retain } from '../../mock-server/retention'
import { callById } from '../../src/domain/calls'
import { call2021 } from '../../src/domain/calls/2021'
import { retentionEnd } from '../../src/domain/rules/retention'
import { applicant, asReceipt, type Applicant } from '../mock-server/applicant'
import { application, asking, begin, phoneOf, signIn } from '../mock-server/application'

const folder = await mkdtemp(join(tmpdir(), 'jiangshen-retention-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const storage = diskStorage(folder)
const server = await application({ files: storage })
const DAY = 86_400_000
const pass = (day: string) =>
  retain({ db: server.db, files: storage, time: timeFrom(() => Date.parse(`${day}T12:00:00+08:00`)), calls: { byId: callById } })
/** Noted as due, and then after the grace. */
async function over(day: string): Promise<number> {
  const first = await pass(day)
  return first + (await pass(new Date(Date.parse(day) + (GRACE_DAYS + 1) * DAY).toISOString().slice(0, 10)))
}
const answers = async (draft: string) =>
  Number((await server.db.$client.query<{ n: string }>('select count(*) as n from registers where draft = $1', [draft])).rows[0]?.n)

describe('security 34: retention', () => {
  it('follows the call: one year, three, ten', () => {
    expect((['draft', 'submitted', 'awarded'] as const).map((outcome) => retentionEnd(call2021, outcome))).toEqual(['2022-04-25', '2024-04-25', '2031-04-25'])
  })

  it('erases a draft, a submission and an award each in its turn, on disk too, and the receipt verifies for ever', async () => {
    const [begun, submitted, awarded] = [await applicant(server), await applicant(server), await applicant(server)] as [Applicant, Applicant, Applicant]
    const receipt = asReceipt((await submitted.submit()).body)
    await awarded.submit()
    await server.db.update(drafts).set({ awardedAt: new Date() }).where(eq(drafts.id, awarded.draft))
    const stored = randomUUID().replaceAll('-', '')
    await put(storage, stored, Buffer.from('photo'))
    await server.db.insert(files).values({ draft: submitted.draft, sha256: 'f'.repeat(64), type: 'image/jpeg', bytes: 5, state: 'confirmed', stored })
    const left = async () => Promise.all([begun, submitted, awarded].map(async ({ draft }) => (await answers(draft)) > 0))

    // The last day counts, and then there is the grace.
    expect([await pass('2022-04-25'), await pass('2022-04-26'), await pass('2022-05-25')]).toEqual([0, 0, 0])
    expect(await left()).toEqual([true, true, true])
    expect(await pass('2022-05-26')).toBe(1)
    expect(await left()).toEqual([false, true, true])
    expect(await over('2024-04-26')).toBe(1)
    expect(await left()).toEqual([false, false, true])
    expect(await readdir(folder)).not.toContain(stored)
    expect(await over('2031-05-01')).toBe(1)
    expect(await left()).toEqual([false, false, false])
    expect(await over('2040-01-01')).toBe(0)
    expect((await asking(server.app)('POST', '/api/receipts/verify', { receipt })).body).toMatchObject({ valid: true, standing: 'withdrawn' })
    const acts = await server.db.select().from(audit).where(eq(audit.action, 'draft-erased'))
    expect(acts.map(({ actor, detail }) => [actor, detail.because])).toEqual([1, 2, 3].map(() => ['system', 'retention']))
    expect((await verifyAudit(server.db)).faults).toEqual([])
  })

  it('erases nothing on the word of a clock that ran ahead', async () => {
    const person = await applicant(server)
    expect(await pass('2050-01-01')).toBe(0)
    // Mended: what was noted is forgotten, and a later slip begins anew.
    expect(await pass('2021-05-01')).toBe(0)
    expect(await pass('2050-01-20')).toBe(0)
    expect(await answers(person.draft)).toBeGreaterThan(0)
  })

  it('leaves no way for a phone to bring back what was erased, and wedges none', async () => {
    const person = await signIn(server)
    const phone = phoneOf(person)
    const draft = randomUUID()
    await phone.push([begin(draft), { draft, path: 'employer', value: '某公司' }])
    const { epoch, drafts: known } = await phone.pull()
    await over('2022-06-01')
    // As a phone that knows the draft asks: its cursor is no sign of a restored backup.
    const asked = { device: phone.id, client: 1, epoch, acknowledged: 2, cursors: { [draft]: known[0]?.revision ?? 0 } }
    server.clock.now += 61_000
    const { ask } = await signIn(server, person.phone)
    const pulled = await ask('POST', '/api/sync/pull', asked)
    expect([pulled.status, pulled.body.drafts]).toEqual([200, []])
    const operations = [begin(draft), { draft, path: 'employer', value: '某公司' }, begin(randomUUID())].map(phone.next)
    const { verdicts } = (await ask('POST', '/api/sync/push', { ...asked, operations })).body as { verdicts: { verdict: string }[] }
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['rejected', 'rejected', 'applied'])
    expect((await ask('GET', `/api/drafts/${draft}/history`)).status).toBe(404)
    expect(await answers(draft)).toBe(0)
  })

  it('is done by one instance at a time, and goes on after a kill', async () => {
    await Promise.all([1, 2, 3].map(async () => phoneOf(await signIn(server)).push([begin(randomUUID())])))
    await pass('2022-06-01')
    const failing = { ...storage, remove: () => Promise.reject(new Error('killed')) }
    const late = { db: server.db, files: failing, time: timeFrom(() => Date.parse('2022-08-01')), calls: { byId: callById } }
    const counts = await Promise.all([retain(late), retain(late), retain(late)])
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(3)
    expect((await verifyAudit(server.db)).faults).toEqual([])
  })

  it('forgets sessions that ended, and codes that are no longer counted', async () => {
    await signIn(server)
    await pass('2022-09-01')
    expect([await server.db.select().from(sessions), await server.db.select().from(codes)]).toEqual([[], []])
  })
})
