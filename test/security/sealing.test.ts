/** What stands in the database: whoever steals it reads no number of a person or an account. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { contextOf } from '../../mock-server/app'
import { connect } from '../../mock-server/db/connect'
import { seed } from '../../mock-server/demo/seed'
import { openBytes, sealBytes } from '../../mock-server/seal/cipher'
import { openContent } from '../../mock-server/seal/content'
import { sealOf } from '../../mock-server/seal/draftSeal'
import { draftsWithSame } from '../../mock-server/seal/identities'
import { masterKey, masterKeys } from '../../mock-server/seal/master'
import { bringUpToDate } from '../../mock-server/seal/standing'
import { diskStorage } from '../../mock-server/files/storage'
import { call2021 } from '../../src/domain/calls/2021'
import { applicant, asReceipt, type Applicant } from '../mock-server/applicant'
import { application, begin, consent, phoneOf, signIn } from '../mock-server/application'
import { bankCard, idNumber } from '../support/identity'
import { testKeys } from '../support/keys'
import { samples } from '../support/samples'

const server = await application()

/** Every row of every table as text, numbers and bytes included. */
async function everything(): Promise<string> {
  const { rows } = await server.db.$client.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  expect(rows.length).toBeGreaterThan(15)
  const parts: string[] = []
  for (const { name } of rows) {
    const found = await server.db.$client.query<{ text: string }>(`select one::text as text from ${name} one`)
    parts.push(...found.rows.map(({ text }) => `${text}\n${bytesIn(text)}`))
  }
  return parts.join('\n')
}
const bytesIn = (text: string) => [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join('\n')

const strangersId = idNumber('1990-01-01', '男', '320211')
const [card, otherCard] = [bankCard(), bankCard('622202110300000777')]

describe('security 32: ID and bank numbers', () => {
  it('stand nowhere in the database after drafts, edits, conflicts, previews of history and submissions', async () => {
    const numbers = new Set<string>()
    const people: Applicant[] = [await applicant(server), await applicant(server, 'studio')]
    for (const person of people) {
      const values = new Map((await person.device.pull()).drafts[0]?.registers.map(({ path, value, version }) => [path, { value, version }]))
      for (const path of ['idNumber', 'bankCard', 'unitAccount']) if (values.has(path)) numbers.add(String(values.get(path)?.value))
      const base = values.get('bankCard')?.version ?? 0
      await person.device.push([{ draft: person.draft, path: 'bankCard', value: card, base }])
      const tablet = phoneOf(person)
      const verdicts = await tablet.push([
        { draft: person.draft, path: 'bankCard', value: otherCard, base },
        { draft: person.draft, path: 'idNumber', value: strangersId },
      ])
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['conflict', 'conflict'])
      const closed = verdicts.flatMap((one) => (one.verdict === 'conflict' ? [{ draft: person.draft, conflict: one.conflict.id }] : []))
      await person.device.push([], closed)
      expect((await person.submit()).status).toBe(200)
    }
    for (const one of [card, otherCard, strangersId]) numbers.add(one)
    expect(numbers.size).toBeGreaterThanOrEqual(7)
    const text = await everything()
    for (const number of numbers) {
      expect(text).not.toContain(number)
      // Nor in another spelling of bytes: base64 of JSON has three of them.
      for (const lead of ['', ' ', '  ']) expect(text).not.toContain(Buffer.from(`${lead}${number}`).toString('base64').slice(4, 20))
    }
    // The search itself finds what stands plain.
    expect(text).toContain('无锡')
  })

  it('come back to their owner as they were, in pulls, histories, conflicts and repeated answers', async () => {
    const person = await signIn(server)
    const phone = phoneOf(person)
    const draft = randomUUID()
    const odd = [{ sealed: 'x' }, 'half \u0000 \ud800 typed', ['1', 2], '']
    await phone.push([begin(draft), consent(draft)])
    const operations = odd.map((value, i) => phone.next({ draft, path: 'idNumber', value, base: i === 0 ? 0 : 2 + i }))
    const body = { device: phone.id, client: 1, operations }
    expect((await person.ask('POST', '/api/sync/push', body)).status).toBe(200)
    expect((await person.ask('POST', '/api/sync/push', body)).body.verdicts).toHaveLength(4)
    const history = (await person.ask('GET', `/api/drafts/${draft}/history?path=idNumber`)).body as { versions: { value: unknown }[] }
    expect(history.versions.map(({ value }) => value).reverse()).toEqual(odd)

    const tablet = phoneOf(person)
    const change = tablet.next({ draft, path: 'idNumber', value: '32' })
    const first = await person.ask('POST', '/api/sync/push', { device: tablet.id, client: 1, operations: [change] })
    expect(first.body.verdicts[0]).toMatchObject({ verdict: 'conflict', conflict: { mine: '32' }, current: { value: '' } })
    const again = await person.ask('POST', '/api/sync/push', { device: tablet.id, client: 1, operations: [change] })
    expect(again.body.verdicts).toEqual(first.body.verdicts)
    expect((await tablet.pull()).drafts[0]?.conflicts[0]?.mine).toBe('32')
  })

  it("of a print's digests only sealed ones are kept: a number could be guessed from a short one", async () => {
    const person = await applicant(server)
    const digest = createHash('sha256').update('guessable').digest('hex').slice(0, 12)
    await person.device.push([{ draft: person.draft, path: '$print', value: { code: 'AAAA-BBBB', fields: { idNumber: digest } }, base: 999 }])
    const registers = (await person.device.pull()).drafts[0]?.registers
    expect(JSON.stringify(registers)).toMatch(/"\$print"/)
    expect(await everything()).not.toContain(digest)
  })
})

describe('security 32: the seal', () => {
  const key = Buffer.alloc(32, 1)

  it('opens only whole, under its key, and at its place', () => {
    const sealed = sealBytes(key, Buffer.from('11010519491231002X'), 'draft idNumber')
    expect(openBytes(key, sealed, 'draft idNumber').toString()).toBe('11010519491231002X')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bent = Buffer.from(sealed)
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openBytes(key, bent, 'draft idNumber')).toThrow('authenticate')
    }
    expect(() => openBytes(key, sealed, 'draft bankCard')).toThrow('authenticate')
    expect(() => openBytes(Buffer.alloc(32, 2), sealed, 'draft idNumber')).toThrow('authenticate')
    expect(() => openBytes(key, sealed.subarray(0, 20), 'draft idNumber')).toThrow('Too short')
  })

  it('never looks the same twice', () => {
    const seals = Array.from({ length: 100 }, () => sealBytes(key, Buffer.from('x'), 'd').toString('hex'))
    expect(new Set(seals).size).toBe(100)
  })

  it('of a value that was moved to another draft does not open there', async () => {
    const [mine, other] = [await applicant(server), await applicant(server)]
    await server.db.execute(sql`update registers a set value = b.value from registers b
      where a.draft = ${mine.draft} and b.draft = ${other.draft} and a.path = 'idNumber' and b.path = 'idNumber'`)
    const reply = await mine.ask('POST', '/api/sync/pull', { device: mine.device.id, client: 1, cursors: {} })
    expect([reply.status, reply.body.code]).toEqual([500, 'unexpected'])
  })

  it("of a submission keeps the content's digest verifiable", async () => {
    const person = await applicant(server)
    const { number, digest } = asReceipt((await person.submit()).body)
    const { rows } = await server.db.$client.query<{ content: string }>('select content from submissions where number = $1', [number])
    const text = openContent(await sealOf(server.db, testKeys, person.draft), number, rows[0]?.content ?? '')
    expect(createHash('sha256').update(text ?? '').digest('hex')).toBe(digest)
  })
})

describe('the index of identities', () => {
  it('finds who applies for both awards with one ID number, however it was typed, and forgets what was changed', async () => {
    const number = idNumber('1978-05-06', '女')
    const drafts: string[] = []
    const phones: ReturnType<typeof phoneOf>[] = []
    for (const [award, typed] of [['studio', number], ['technician', `${number.slice(0, 6)} ${number.slice(6).toLowerCase()}`]] as const) {
      const phone = phoneOf(await signIn(server))
      const draft = randomUUID()
      await phone.push([begin(draft, award), consent(draft), { draft, path: 'idNumber', value: typed }])
      drafts.push(draft)
      phones.push(phone)
    }
    const [studio = '', technician = ''] = drafts
    expect(await draftsWithSame(server.db, studio)).toEqual([{ draft: technician, award: 'technician', call: '2021', submitted: null }])
    await phones[1]?.push([{ draft: technician, path: 'idNumber', value: number.slice(0, 9), base: 3 }])
    expect(await draftsWithSame(server.db, studio)).toEqual([])
    expect(await draftsWithSame(server.db, technician)).toEqual([])
  })
})

describe('the master key', () => {
  it('can be changed: everything opens under the new one, and nothing under the old one alone', async () => {
    const person = await applicant(server)
    const before = (await person.device.pull()).drafts[0]?.registers
    const next = masterKey(Buffer.alloc(32, 9))
    await bringUpToDate(server.db, { current: next, earlier: [testKeys.current] })
    await expect(bringUpToDate(server.db, testKeys)).rejects.toThrow('另一把主密钥')
    const { open } = await sealOf(server.db, { current: next, earlier: [] }, person.draft)
    const { rows } = await server.db.$client.query<{ value: never }>(`select value from registers where draft = $1 and path = 'idNumber'`, [person.draft])
    expect(open('idNumber', rows[0]?.value as never)).toBe(before?.find(({ path }) => path === 'idNumber')?.value)
    await bringUpToDate(server.db, { current: testKeys.current, earlier: [next] })
    expect((await person.device.pull()).drafts[0]?.registers).toEqual(before)
  })

  it('seals what an earlier server left plain, also when it is killed in the middle', async () => {
    const person = await applicant(server)
    const { number, digest } = asReceipt((await person.submit()).body)
    const before = (await person.device.pull()).drafts
    const text = openContent(await sealOf(server.db, testKeys, person.draft), number, (await stored(number)) ?? '')
    // As it stood before there were seals.
    const { open } = await sealOf(server.db, testKeys, person.draft)
    for (const table of ['registers', 'history'])
      for (const { path, value, version } of (await server.db.execute<{ path: string; value: never; version: number }>(
        sql`select path, value, version from ${sql.identifier(table)} where draft = ${person.draft}`)).rows)
        await server.db.execute(
          sql`update ${sql.identifier(table)} set value = ${JSON.stringify(open(path, value))}::json where draft = ${person.draft} and version = ${version}`,
        )
    await server.db.execute(sql`update submissions set content = ${text} where number = ${number}`)
    for (const table of ['draft_keys', 'identities']) await server.db.execute(sql`delete from ${sql.identifier(table)} where draft = ${person.draft}`)
    expect(await everything()).toContain(String(before[0]?.registers.find(({ path }) => path === 'idNumber')?.value))

    const killed = connect(server.db.$client.options.connectionString ?? '', { max: 1 })
    let queries = 0
    killed.$client.on('connect', (client) => {
      const own = client.query.bind(client) as (...args: unknown[]) => unknown
      client.query = ((...args: unknown[]) => (++queries > 20 ? Promise.reject(new Error('killed')) : own(...args))) as never
    })
    await expect(bringUpToDate(killed, testKeys)).rejects.toThrow('Failed query')
    await killed.$client.end()
    await bringUpToDate(server.db, testKeys)
    expect((await person.device.pull()).drafts).toEqual(before)
    const after = await everything()
    for (const path of ['idNumber', 'bankCard']) expect(after).not.toContain(String(before[0]?.registers.find((one) => one.path === path)?.value))
    expect(createHash('sha256').update(openContent(await sealOf(server.db, testKeys, person.draft), number, (await stored(number)) ?? '') ?? '').digest('hex')).toBe(digest)
  })

  const stored = async (number: string) =>
    (await server.db.$client.query<{ content: string }>('select content from submissions where number = $1', [number])).rows[0]?.content
})

it('security 32: the sample applications are sealed like everybody else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jiangshen-sealing-'))
  const sms = { send: () => Promise.resolve() }
  const parts = { db: server.db, files: diskStorage(folder), clock: () => server.clock.now, sms, demonstration: true }
  await seed(await contextOf({ ...parts, keys: testKeys, call: call2021 }))
  const text = await everything()
  for (const { answers } of samples)
    for (const name of ['idNumber', 'bankCard']) expect(text).not.toContain(String(answers(call2021)[name]))
  await rm(folder, { recursive: true })
})

describe('security 56: the master key comes from the environment', () => {
  const bytes = randomBytes(32)
  const secret = bytes.toString('base64')

  it('and nothing starts without one, or with half of one, but a demonstration', async () => {
    await expect(masterKeys({}, '.', false)).rejects.toThrow('MASTER_KEY')
    await expect(masterKeys({ MASTER_KEY: secret.slice(0, 20) }, '.', false)).rejects.toThrow('32 字节')
    await expect(masterKeys({ MASTER_KEY: secret, MASTER_KEY_BEFORE: 'x' }, '.', false)).rejects.toThrow('MASTER_KEY_BEFORE')
    expect((await masterKeys({ MASTER_KEY: secret }, '.', false)).current.id).toBe(masterKey(bytes).id)
  })

  it("which makes its own once, in a file that only its user reads, and not in the database's folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jiangshen-keys-'))
    const starts = await Promise.all([1, 2, 3].map(() => masterKeys({}, join(folder, 'data'), true)))
    expect(new Set(starts.map(({ current }) => current.id)).size).toBe(1)
    expect((await stat(join(folder, 'data', 'master.key'))).mode & 0o777).toBe(0o600)
    await rm(folder, { recursive: true })
  })
})
