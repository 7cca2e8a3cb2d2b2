import { describe, expect, it } from 'vitest'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { syncStatus } from '../../src/data/syncStatus'
import { useWire } from '../../src/data/wire'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, outbox, phoneOf, sync } from './phones'

const register = { path: 'name', value: '陈志远', version: 2, by: '陈', at: '2021-04-20T01:00:00Z' }
const nonsense: [string, unknown][] = [
  ['nothing', null],
  ['text', 'OK'],
  ['a list', []],
  ['other keys', { drafts: {}, verdicts: 7 }],
  ['fewer verdicts than operations', { verdicts: [], now: '', drafts: 7 }],
  ['verdicts for other numbers', { verdicts: [{ seq: 99, verdict: 'applied', version: 1 }], drafts: [null] }],
  ['verdicts of no known kind', { verdicts: [{ seq: 2, verdict: 'perhaps' }], drafts: [{ id: 'x' }] }],
  ['an applied operation without a version', { verdicts: [{ seq: 2, verdict: 'applied' }], drafts: [{ id: 'x', revision: -1, registers: [], conflicts: [] }] }],
  ['a register beyond its revision', { verdicts: [{ seq: 2, verdict: 'conflict' }], drafts: [{ id: 'x', revision: 1, registers: [register], conflicts: [] }] }],
]

describe('a server that answers nonsense', () => {
  it.each(nonsense)('with %s to what was sent: nothing counts as sent, and it goes once the server is well', async (_, reply) => {
    const server = new FakeServer()
    const hand = await phoneOf(server)
    const draft = await beginDraft()
    await sync(hand)
    await edit(draft, 'name', '陈志远')
    const before = await phone().db.registers.toArray()
    useWire({ ...hand.wire, push: () => Promise.resolve(reply as never) })
    expect(await drain()).toBe(false)
    expect(syncStatus.trouble).not.toBe('')
    expect(await outbox()).toHaveLength(1)
    expect(await phone().db.registers.toArray()).toEqual(before)
    useWire(hand.wire)
    await sync(hand)
    expect(server.value(draft, 'name')).toBe('陈志远')
    expect(await outbox()).toEqual([])
  })

  it.each(nonsense)('with %s to what was asked for: nothing of it is stored, and no cursor moves', async (_, reply) => {
    const server = new FakeServer()
    const hand = await phoneOf(server)
    await beginDraft()
    await sync(hand)
    const { db } = phone()
    const tables = async () => [await db.drafts.toArray(), await db.registers.toArray(), await db.conflicts.toArray()]
    const before = await tables()
    useWire({ ...hand.wire, pull: () => Promise.resolve(reply as never) })
    expect(await drain()).toBe(false)
    expect(await tables()).toEqual(before)
    useWire(hand.wire)
    await sync(hand)
  })
})
