/** From every earlier shape of the phone's tables and of the forms to today's. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DATABASE_VERSION, PhoneDatabase } from '../../src/data/database'
import { migrateDraft, type FormVersions } from '../../src/data/migrateDraft'
import { newDatabaseName, phone, useDatabase } from '../../src/data/phone'
import { readDraft, readValues } from '../../src/data/read'
import { receiptsOf } from '../../src/data/submit'
import { useWire } from '../../src/data/wire'
import { formOf } from '../../src/domain/forms'
import { FakeServer } from '../support/fakeWire'
import { earlierShapes, rowsOf } from './earlierShapes'
import { addPhoto, beginDraft, chen, edit, outbox, phoneOf, reopen, sync, take, view, type Phone } from './phones'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})

describe.each(earlierShapes)('tables as version $version wrote them', ({ tables, build }) => {
  const opened = async () => {
    const name = newDatabaseName()
    await build(name)
    useDatabase(name)
    useWire(server.browser(chen))
    return name
  }

  it('are all there after opening them with today\'s app, row by row', async () => {
    const name = await opened()
    await phone().db.open()
    expect(phone().db.backendDB().version).toBe(DATABASE_VERSION * 10)
    for (const [table, rows] of Object.entries(tables)) expect([table, await rowsOf(name, table)]).toEqual([table, rows])
  })

  it('show the draft, with what waits, what was refused and what conflicts', async () => {
    await opened()
    expect(await view('d1')).toMatchObject({
      title: '周建国的申报',
      answers: { name: '周建国', educationCert: [{ id: 'p1', file: { sha256: 'f00d' } }] },
      revision: 7,
      submission: { receipt: 'WX2021-T-0001' },
      delivery: { waiting: 2, refused: [{ path: 'phone', reason: 'bad-value' }], unconfirmed: 1, conflicts: 1 },
      readOnly: '',
    })
    expect((await receiptsOf('d1')).map(({ number }) => number)).toEqual(['WX2021-T-0001'])
  })

  it('take edits, and send what waited since then: once, in its order', async () => {
    await opened()
    await edit('d1', 'employer', '无锡某某精密机械有限公司')
    server.devices.set('5b0e6a0e-0000-4000-8000-000000000001', { account: chen.id, last: 4, verdicts: new Map() })
    await sync()
    expect((await outbox()).filter(({ state }) => state === 'waiting')).toEqual([])
    // Number 5 was given before the update and may have arrived: it keeps it.
    expect(server.effects.map(({ seq, path }) => [seq, path])).toEqual(expect.arrayContaining([[5, '$draft'], [6, 'name']]))
    expect(server.value('d1', 'employer')).toBe('无锡某某精密机械有限公司')
  })

  it('stay as they were when the update is cut off in the middle, and are updated the next time', async () => {
    const name = await opened()
    const broken = new PhoneDatabase(name)
    broken.version(DATABASE_VERSION).upgrade(() => Promise.reject(new Error('killed')))
    await expect(broken.open()).rejects.toThrow('killed')
    for (const [table, rows] of Object.entries(tables)) expect([table, await rowsOf(name, table)]).toEqual([table, rows])
    expect((await view('d1')).title).toBe('周建国的申报')
  })
})

it('every earlier shape is tested', () => {
  expect(earlierShapes.map(({ version }) => version)).toEqual(Array.from({ length: DATABASE_VERSION - 1 }, (_, i) => i + 1))
})

describe('a draft of an earlier form', () => {
  /** A second version that never was: where the employer is known, the unit that recommends is the same. */
  const second: FormVersions = {
    versionOf: () => 2,
    table: {
      studio: [],
      technician: [{ to: 2, change: (values) => [{ path: 'recommender', value: `${String(values.get('employer'))}工会` }] }],
    },
  }
  let one: Phone
  let draft: string
  beforeEach(async () => {
    one = await phoneOf(server)
    draft = await beginDraft()
    await edit(draft, 'employer', '某某公司')
  })
  const about = async () => (await readValues(draft)).get('$draft')

  it('is migrated when it is opened, and that syncs like any edit', async () => {
    await sync()
    expect(await migrateDraft(draft, second)).toBe(true)
    expect(await about()).toMatchObject({ formVersion: 2, award: 'technician', call: '2021' })
    await sync()
    expect(server.value(draft, 'recommender')).toBe('某某公司工会')
    expect(server.value(draft, '$draft')).toMatchObject({ formVersion: 2 })
  })

  it('is migrated once, and again nothing is written', async () => {
    await migrateDraft(draft, second)
    await sync()
    expect(await migrateDraft(draft, second)).toBe(false)
    expect(await outbox()).toEqual([])
  })

  it('migrated on two phones at the same time, it has the same values and nothing to choose', async () => {
    await sync()
    const other = await phoneOf(server)
    await sync()
    await migrateDraft(draft, second)
    take(one)
    await migrateDraft(draft, second)
    await sync(one)
    await sync(other)
    await sync(one)
    for (const phoneInHand of [one, other]) {
      take(phoneInHand)
      expect((await view(draft)).delivery.conflicts).toBe(0)
      expect((await readValues(draft)).get('recommender')).toBe('某某公司工会')
      expect(await outbox()).toEqual([])
    }
  })

  it('stays whole as it was when the phone refuses to write, and is migrated the next time', async () => {
    await sync()
    const full = vi.spyOn(phone().db.outbox, 'bulkPut').mockRejectedValue(new DOMException('full', 'QuotaExceededError'))
    await expect(migrateDraft(draft, second)).rejects.toThrow('full')
    expect(await about()).toMatchObject({ formVersion: 1 })
    expect((await readValues(draft)).has('recommender')).toBe(false)
    full.mockRestore()
    reopen()
    expect(await migrateDraft(draft, second)).toBe(true)
  })

  it('that is submitted and unchanged stays as it was submitted; once edited, it is migrated', async () => {
    await sync()
    const { revision } = await view(draft)
    await phone().db.drafts.update(draft, { payload: { submission: { receipt: 'WX2021-T-0002', revision, at: '2021-04-20T01:00:00Z' } } })
    expect(await migrateDraft(draft, second)).toBe(false)
    await edit(draft, 'name', '周建国')
    expect(await migrateDraft(draft, second)).toBe(true)
  })

  it('that has not arrived whole is left to the next opening', async () => {
    expect(await migrateDraft('not-here', second)).toBe(false)
  })

  it('of today has nothing to migrate', async () => {
    expect(await migrateDraft(draft)).toBe(false)
  })
})

describe('a draft that a newer form has filled', () => {
  it('is shown and cannot be edited here; what this app does not know survives (I18)', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await addPhoto(draft, 'educationCert', 'a photo')
    await edit(draft, 'name', '周建国')
    await sync()
    const onServer = server.drafts.get(draft)
    const newer = { call: '2021', award: 'technician', formVersion: formOf('technician').version + 1 }
    let version = onServer?.revision ?? 0
    for (const [path, value] of [['$draft', newer], ['medals/m1', { order: 'a0' }], ['medals/m1/karat', 24]] as const)
      onServer?.registers.set(path, { path, value, version: ++version, by: '陈志远', at: server.at(), device: 'newer', base: 0 })
    if (onServer) onServer.revision = version
    await sync()

    const seen = await view(draft)
    expect(seen.readOnly).toContain('更新的版本')
    expect(seen.answers.name).toBe('周建国')
    await expect(edit(draft, 'name', '周')).rejects.toThrow('更新的版本')
    expect((await readValues(draft)).get('name')).toBe('周建国')
    expect((await readValues(draft)).get('medals/m1/karat')).toBe(24)
    expect(await migrateDraft(draft)).toBe(false)
    expect(await outbox()).toEqual([])
  })

  it('still sends what was typed here before that was known (fault 9: the push of an old client is taken)', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await sync()
    await edit(draft, 'name', '周建国')
    server.drafts.get(draft)?.registers.set('$draft', {
      path: '$draft', value: { call: '2021', award: 'technician', formVersion: 2 }, version: 2, by: '', at: server.at(), device: 'newer', base: 1,
    })
    await sync()
    expect(server.value(draft, 'name')).toBe('周建国')
    expect((await readDraft(draft))?.delivery.waiting).toBe(0)
  })
})
