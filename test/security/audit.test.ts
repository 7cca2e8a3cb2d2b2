/** Who did what stands in a chain that only grows; whatever is changed in it is found and named. */
import { createPublicKey, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { asc, eq } from 'drizzle-orm'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { audit, PORTAL } from '../../mock-server/audit/audit'
import { faultsIn } from '../../mock-server/audit/chain'
import { headsOf, verifyAudit } from '../../mock-server/audit/chains'
import { hashOf, type Entry } from '../../mock-server/audit/entry'
import { connect } from '../../mock-server/db/connect'
import { migrate } from '../../mock-server/db/migrate'
import { audit as auditTable } from '../../mock-server/db/schema'
import { reveal } from '../../mock-server/seal/reveal'
import { contextOf } from '../../mock-server/app'
import { diskStorage } from '../../mock-server/files/storage'
import { call2021 } from '../../src/domain/calls/2021'
import { signedText, type Receipt } from '../../src/domain/submission'
import { applicant, asReceipt } from '../mock-server/applicant'
import { application, begin, nineOClock, phoneOf, signIn } from '../mock-server/application'
import { testKeys } from '../support/keys'

const server = await application()
const entriesOf = (chain: string) => server.db.select().from(auditTable).where(eq(auditTable.chain, chain)).orderBy(asc(auditTable.seq))
const about = async (subject: string) =>
  (await server.db.select().from(auditTable).where(eq(auditTable.subject, subject)).orderBy(asc(auditTable.seq))).map(({ action }) => action)

describe('I19: every act that somebody answers for is an entry', () => {
  it('from the first word of a draft to its withdrawal, once each', async () => {
    const person = await applicant(server)
    const [asked, key] = [await person.asked(), randomUUID()]
    const first = asReceipt((await person.submit(asked, key)).body)
    await person.submit(asked, key)
    await person.submit(asked)
    const base = (await person.device.pull()).drafts[0]?.registers.find(({ path }) => path === 'dossierText')?.version ?? 0
    await person.device.push([{ draft: person.draft, path: 'dossierText', value: '补充。', base }])
    await person.submit()
    for (let i = 0; i < 2; i++) await person.ask('DELETE', `/api/drafts/${person.draft}/submission`)
    expect(await about(person.draft)).toEqual(['draft-begun', 'submitted', 'replaced', 'withdrawn'])
    const [, submitted, replaced] = (await entriesOf('2021')).filter(({ subject }) => subject === person.draft)
    expect(submitted?.detail).toEqual({ receipt: first.number, revision: first.revision, digest: first.digest })
    expect(replaced?.detail).toMatchObject({ replaced: first.number })
  })

  it('and none where the act did not happen', async () => {
    const person = await applicant(server, 'technician', ['employer'])
    expect((await person.submit()).status).toBe(409)
    expect((await person.ask('DELETE', `/api/drafts/${person.draft}/submission`)).status).toBe(409)
    expect(await about(person.draft)).toEqual(['draft-begun'])
    const failing = server.db.transaction(async (tx) => {
      await audit(tx, { chain: PORTAL, at: 0, actor: 'system', action: 'role-granted', subject: person.draft, detail: { role: 'reviewer' } })
      throw new Error('the role was not granted')
    })
    await expect(failing).rejects.toThrow('not granted')
    expect(await entriesOf(PORTAL)).toEqual([])
  })

  it('in one order without gaps, also when many act at once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => signIn(server)))
    await Promise.all(people.flatMap((person) => [0, 1].map(() => phoneOf(person).push([begin(randomUUID())]))))
    const entries = await entriesOf('2021')
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
    expect(await verifyAudit(server.db)).toEqual({ entries: entries.length, faults: [] })
  })
})

describe('security 28: staff who look at a number in full', () => {
  it('say why, and leave an entry without the number', async () => {
    const person = await applicant(server)
    const sms = { send: () => Promise.resolve() }
    const context = await contextOf({
      db: server.db, files: diskStorage('/nonexistent'), clock: () => nineOClock, sms, demonstration: true, keys: testKeys, call: call2021,
    })
    const number = (await person.device.pull()).drafts[0]?.registers.find(({ path }) => path === 'idNumber')?.value
    const actor = randomUUID()
    const look = (path: string, reason: string) =>
      server.db.transaction((tx) => reveal(tx, context, { actor, draft: person.draft, path, reason }))
    await expect(look('idNumber', ' 看 ')).rejects.toMatchObject({ status: 400, code: 'reason-missing' })
    await expect(look('employer', '核对单位名称')).rejects.toMatchObject({ status: 404 })
    await expect(look('constructor', '核对单位名称')).rejects.toMatchObject({ status: 404 })
    expect(await about(person.draft)).toEqual(['draft-begun'])
    expect(await look('idNumber', `与公安信息核对 ${String(number)}，电话 139-1234-5678`)).toBe(number)
    const entry = (await entriesOf('2021')).findLast(({ subject }) => subject === person.draft)
    expect(entry).toMatchObject({ action: 'revealed', actor, detail: { path: 'idNumber', reason: '与公安信息核对 ***，电话 ***' } })
  })

  it('and no entry takes what could be a number', async () => {
    const writing = server.db.transaction((tx) =>
      audit(tx, { chain: PORTAL, at: 0, actor: 'system', action: 'revealed', subject: 'x', detail: { reason: '6222021103000000018' } }),
    )
    await expect(writing).rejects.toThrow('no numbers')
  })
})

describe('security 54: the audit only grows', () => {
  it('whoever asks: not even its owner changes an entry in passing', async () => {
    for (const text of [`update audit set actor = 'x'`, 'delete from audit', 'truncate audit'])
      await expect(server.db.$client.query(text)).rejects.toThrow('only grows')
  })

  it("the role of docs/security.md runs the server's work, and can neither change nor remove an entry, nor lift the guard", async () => {
    const document = await readFile(new URL('../../docs/security.md', import.meta.url), 'utf8')
    const statements = /```sql\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
    const admin = server.db.$client
    const url = new URL(admin.options.connectionString ?? '')
    // Roles belong to the whole cluster, which other tests use as well.
    const role = `app_${randomUUID().slice(0, 8)}`
    await admin.query(statements.replaceAll('jiangshen_app', role).replaceAll('DATABASE jiangshen', `DATABASE ${url.pathname.slice(1)}`))
    await admin.query(`alter role ${role} password 'x'`)
    url.username = role
    url.password = 'x'
    const limited = connect(url.href, { max: 2 })
    try {
      await migrate(limited)
      await limited.transaction((tx) =>
        audit(tx, { chain: PORTAL, at: 0, actor: 'system', action: 'role-granted', subject: 'x', detail: {} }),
      )
      for (const text of [`update audit set actor = 'x'`, 'delete from audit', 'truncate audit', 'drop table audit',
        'alter table audit disable trigger all', 'set session_replication_role = replica'])
        await expect(limited.$client.query(text)).rejects.toThrow(/denied|must be owner/)
      for (const text of ['select 1 from accounts', `update drafts set revision = revision where false`, `select nextval('receipt_sequence')`])
        await limited.$client.query(text)
    } finally {
      await limited.$client.end()
      await admin.query(`drop owned by ${role}; drop role ${role}`)
    }
  })

  it('what somebody with all rights changed is named: edited, deleted, swapped, cut', async () => {
    const heads = await headsOf(server.db)
    const entries = await entriesOf('2021')
    expect(entries.length).toBeGreaterThan(20)
    const client = new Client({ connectionString: server.db.$client.options.connectionString })
    await client.connect()
    await client.query('alter table audit disable trigger audit_only_grows')
    const found = async (text: string) => {
      await client.query('begin')
      await client.query(text)
      const rows = (await client.query<Omit<Entry, 'seq'> & { seq: string }>(`select * from audit where chain = '2021' order by seq`)).rows
      await client.query('rollback')
      return faultsIn('2021', rows.map((row) => ({ ...row, seq: Number(row.seq) })), heads['2021']).map(({ seq, fault }) => `${seq} ${fault}`)
    }
    const of = (seq: number) => `where chain = '2021' and seq = ${seq}`
    expect(await found(`update audit set actor = 'somebody else' ${of(5)}`)).toEqual(['5 edited'])
    expect(await found(`update audit set at = at - interval '1 day' ${of(5)}`)).toEqual(['5 edited'])
    expect(await found(`delete from audit ${of(5)}`)).toEqual(['5 deleted'])
    expect(await found(`update audit set seq = -5 ${of(5)}; update audit set seq = 5 ${of(8)}; update audit set seq = 8 ${of(-5)}`)).toEqual([
      '5 swapped', '8 swapped',
    ])
    const last = entries.length
    expect(await found(`delete from audit where seq > ${last - 2}`)).toEqual([`${last} cut`])
    expect(await found('select 1')).toEqual([])
    await client.query('alter table audit enable trigger audit_only_grows')
    await client.end()
  })

  it('ten thousand random changes are all found, those with right hashes by a head that was kept elsewhere', () => {
    const random = mulberry(20_210_425)
    const below = (n: number) => Math.floor(random() * n)
    const chain = chainOf(8)
    const head = { seq: 8, hash: chain.at(-1)?.hash ?? '' }
    expect(faultsIn('2021', chain, head)).toEqual([])
    const missed: string[] = []
    for (let i = 0; i < 10_000; i++) {
      const changed = chain.map((entry) => ({ ...entry, detail: { ...entry.detail } }))
      const what = spoil[below(spoil.length)]
      what?.(changed, below)
      const faults = faultsIn('2021', changed, head)
      if (faults.length === 0) missed.push(String(what))
    }
    expect(missed).toEqual([])
  })

  it('ten thousand random changes to a receipt are all refused', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }))
    const receipt = asReceipt((await (await applicant(server)).submit()).body)
    const signature = sign(null, Buffer.from(signedText(receipt)), privateKey)
    const valid = (one: Receipt) => verify(null, Buffer.from(signedText(one)), key, signature)
    expect(valid(receipt)).toBe(true)
    const random = mulberry(54)
    const names = Object.keys(receipt).filter((name) => name !== 'signature') as (keyof Receipt)[]
    let passed = 0
    for (let i = 0; i < 10_000; i++) {
      const name = names[Math.floor(random() * names.length)] ?? 'digest'
      const before = receipt[name]
      const after = typeof before === 'number' ? before + 1 + Math.floor(random() * 1e6) : bent(before, random)
      if (valid({ ...receipt, [name]: after })) passed++
    }
    expect(passed).toBe(0)
    // The route comes to the same verdict, by the real key.
    const { ask } = await signIn(server)
    for (const digest of [receipt.digest, receipt.digest.replace(/./, (first) => (first === '0' ? '1' : '0'))])
      expect((await ask('POST', '/api/receipts/verify', { receipt: { ...receipt, digest } })).body.valid).toBe(digest === receipt.digest)
  })
})

function chainOf(length: number): Entry[] {
  const entries: Entry[] = []
  for (let seq = 1; seq <= length; seq++) {
    const entry = {
      chain: '2021', seq, at: new Date(nineOClock + seq * 1000), actor: `actor ${seq % 3}`, action: 'submitted' as const,
      subject: `draft ${seq}`, detail: { receipt: `WX2021-T-7K3M-${seq}` }, previous: entries.at(-1)?.hash ?? '',
    }
    entries.push({ ...entry, hash: hashOf(entry) })
  }
  return entries
}

type Spoiling = (entries: Entry[], below: (n: number) => number) => void
const rehashed = (entries: Entry[], from: number) => {
  for (let i = from; i < entries.length; i++) {
    const entry = entries[i]
    if (!entry) continue
    entry.previous = entries[i - 1]?.hash ?? ''
    entry.hash = hashOf(entry)
  }
}
const edits: ((entry: Entry) => void)[] = [
  (entry) => (entry.actor += 'x'),
  (entry) => (entry.subject = 'another draft'),
  (entry) => (entry.action = 'withdrawn'),
  (entry) => (entry.at = new Date(entry.at.getTime() + 1)),
  (entry) => (entry.detail = { ...entry.detail, more: true }),
  (entry) => (entry.previous = 'f'.repeat(64)),
  (entry) => (entry.hash = `${entry.hash.slice(1)}0`),
]
const edited: Spoiling = (entries, below) => {
  const entry = entries[below(entries.length)]
  if (entry) edits[below(edits.length)]?.(entry)
}
const spoil: Spoiling[] = [
  edited,
  (entries, below) => void entries.splice(below(entries.length), 1),
  (entries, below) => void entries.splice(1 + below(entries.length - 1)),
  function swapped(entries, below) {
    const i = below(entries.length - 1)
    const [a, b] = [entries[i], entries[i + 1 + below(entries.length - 1 - i)]]
    if (!a || !b) return
    ;[a.seq, b.seq] = [b.seq, a.seq]
    entries.sort((x, y) => x.seq - y.seq)
  },
  function editedWithItsHash(entries, below) {
    const entry = entries[below(entries.length)]
    if (!entry) return
    entry.actor = 'somebody else'
    entry.hash = hashOf(entry)
  },
  function writtenAnewFromThere(entries, below) {
    const from = below(entries.length)
    const entry = entries[from]
    if (entry) entry.actor = 'somebody else'
    rehashed(entries, from)
  },
  function takenOutAndWrittenAnew(entries, below) {
    const from = below(entries.length)
    entries.splice(from, 1)
    entries.forEach((entry, i) => (entry.seq = i + 1))
    rehashed(entries, from)
  },
  function putIn(entries, below) {
    const from = below(entries.length)
    const entry = entries[from]
    if (entry) entries.splice(from, 0, { ...entry, actor: 'somebody else' })
    entries.forEach((one, i) => (one.seq = i + 1))
    rehashed(entries, from)
  },
]

function bent(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length)
  const other = String.fromCharCode(33 + Math.floor(random() * 90))
  return text.slice(0, at) + (other === text[at] ? '~' : other) + text.slice(at + 1)
}

/** Numbers that are the same in every run. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
