import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { devices, drafts, history, operations, registers } from '../../mock-server/db/schema'
import type { PullReply } from '../../src/domain/sync'
import { application, begin, phoneOf, signIn, type Person } from './application'

const server = await application()

const pull = (person: Person, body: object) => person.ask('POST', '/api/sync/pull', { client: 1, cursors: {}, ...body })

/** A phone that has sent a draft with one answer and knows the epoch. */
async function synced() {
  const person = await signIn(server)
  const phone = phoneOf(person)
  const draft = randomUUID()
  await phone.push([begin(draft), { draft, path: 'name', value: '陈志远' }])
  const { epoch } = (await pull(person, { device: phone.id })).body as PullReply
  return { person, phone, draft, epoch, numbers: { device: phone.id, epoch, cursors: { [draft]: 2 }, acknowledged: 2 } }
}

/** The tables as they were before the answer. */
async function restored({ phone, draft }: Awaited<ReturnType<typeof synced>>): Promise<void> {
  const { db } = server
  for (const table of [registers, history]) await db.delete(table).where(eq(table.version, 2))
  await db.delete(operations).where(eq(operations.device, phone.id))
  await db.update(devices).set({ lastSeq: 1 }).where(eq(devices.id, phone.id))
  await db.update(drafts).set({ revision: 1 }).where(eq(drafts.id, draft))
}

describe('fault 35: a server that was restored from a backup', () => {
  it('is noticed by a cursor that it never gave, and a new epoch begins once', async () => {
    const one = await synced()
    await restored(one)
    const found = await pull(one.person, { ...one.numbers, acknowledged: 0 })
    expect(found).toMatchObject({ status: 409, body: { code: 'restored' } })
    expect(await pull(one.person, one.numbers)).toMatchObject({ status: 409, body: { code: 'restored' } })
    const [first, second] = [await pull(one.person, { device: one.phone.id }), await pull(one.person, { device: one.phone.id })]
    expect(first.body.epoch).not.toBe(one.epoch)
    expect(second.body.epoch).toBe(first.body.epoch)
  })

  it('is noticed by an answer that it never gave, before anything is taken', async () => {
    const one = await synced()
    await restored(one)
    const next = { seq: 3, draft: one.draft, path: 'name', value: '陈志', base: 2, at: '2021-04-20T09:01:00Z' }
    const reply = await one.person.ask('POST', '/api/sync/push', { client: 1, ...one.numbers, cursors: {}, operations: [next] })
    expect(reply).toMatchObject({ status: 409, body: { code: 'restored' } })
    expect((await one.phone.pull()).drafts[0]).toMatchObject({ revision: 1 })
  })

  it('sends every other phone of that account back to compare, and no other account', async () => {
    const [one, other] = [await synced(), await synced()]
    const second = { device: randomUUID(), epoch: one.epoch, cursors: {}, acknowledged: 0 }
    expect((await pull(one.person, second)).status).toBe(200)
    await restored(one)
    await pull(one.person, one.numbers)
    expect((await pull(one.person, second)).status).toBe(409)
    expect((await pull(other.person, other.numbers)).status).toBe(200)
  })

  it('is noticed although others’ changes have been given those numbers since', async () => {
    const one = await synced()
    const { drafts: pulled } = (await pull(one.person, { device: randomUUID() })).body as PullReply
    const marks = { [one.draft]: pulled[0]?.mark }
    // Another phone has only read, and comes back after the second one has written again.
    const reader = { device: randomUUID(), epoch: one.epoch, cursors: { [one.draft]: 2 }, acknowledged: 0, marks }
    expect((await pull(one.person, reader)).status).toBe(200)
    await restored(one)
    server.clock.now += 60_000
    await phoneOf(one.person).push([{ draft: one.draft, path: 'name', value: '陈志', base: 1 }])
    expect(await pull(one.person, { ...reader, marks: {} })).toMatchObject({ status: 200 })
    expect(await pull(one.person, reader)).toMatchObject({ status: 409, body: { code: 'restored' } })
  })

  it('is not imagined: numbers that it gave are taken', async () => {
    const one = await synced()
    expect((await pull(one.person, one.numbers)).status).toBe(200)
    expect((await pull(one.person, { device: one.phone.id, cursors: { [one.draft]: 99 } })).status).toBe(200)
  })
})

describe('a value that took the place of one in a conflict', () => {
  it('is not closed by somebody who saw only the earlier one (I20)', async () => {
    const person = await signIn(server)
    const [one, two] = [phoneOf(person), phoneOf(person)]
    const draft = randomUUID()
    await one.push([begin(draft), { draft, path: 'name', value: '陈志远' }])
    server.clock.now += 1000
    await two.push([{ draft, path: 'name', value: '陈志', base: 0 }])
    const seen = (await one.pull()).drafts[0]?.conflicts[0]
    server.clock.now += 1000
    await two.push([{ draft, path: 'name', value: '陈志元', base: 0 }])
    const close = (at: string | undefined) =>
      person.ask('POST', '/api/sync/push', { device: one.id, client: 1, operations: [], resolved: [{ draft, conflict: seen?.id, at }] })
    await close(seen?.at)
    const [left] = (await one.pull()).drafts[0]?.conflicts ?? []
    expect(left).toMatchObject({ id: seen?.id, mine: '陈志元' })
    await close(left?.at)
    expect((await one.pull()).drafts[0]?.conflicts).toEqual([])
  })
})
