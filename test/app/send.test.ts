import { beforeEach, describe, expect, it, vi } from 'vitest'
import { sendFrom } from '../../src/app/worker/send'
import { workerWire } from '../../src/app/worker/wire'
import { alone, answersTurn } from '../../src/data/lock'
import { phone } from '../../src/data/phone'
import { behind } from '../../src/data/readOnly'
import { FakeServer, refused } from '../support/fakeWire'
import { beginDraft, chen, edit, newPhone, outbox, phoneOf, zhou } from '../data/phones'
import { newerApp } from '../data/newerApp'
import { lockedPhone } from '../data/pins'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})

describe('the network is back while no page is open', () => {
  it('what was typed goes out, and what changed elsewhere comes in', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'name', '周建国')
    await sendFrom(phone().db.name, server.browser(chen))
    expect(server.value(draft, 'name')).toBe('周建国')
    expect(await outbox()).toEqual([])
    server.drafts.get(draft)?.registers.set('employer', {
      path: 'employer', value: '某某公司', version: 3, by: '', at: server.at(), device: 'other', base: 0,
    })
    Object.assign(server.drafts.get(draft) ?? {}, { revision: 3 })
    await sendFrom(phone().db.name, server.browser(chen))
    expect((await phone().db.registers.get([draft, 'employer']))?.payload.value).toBe('某某公司')
  })

  it('photos stay for the page', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await phone().db.uploads.put({ draft, sha256: 'f00d', bytes: 3, state: 'waiting', sent: 0, payload: {} })
    await sendFrom(phone().db.name, server.browser(chen))
    expect(server.uploads).toEqual([])
  })

  it('a page that is sending has its turn first: each operation goes once', async () => {
    await phoneOf(server)
    await beginDraft()
    const { name } = phone().db
    let sent: Promise<void> | undefined
    await alone(answersTurn(name), async () => {
      sent = sendFrom(name, server.browser(chen))
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(server.effects).toEqual([])
    })
    await sent
    expect(server.effects).toHaveLength(1)
  })

  it('no answer: it throws, so that the browser rings again', async () => {
    await phoneOf(server)
    await beginDraft()
    server.lose('push', 'request')
    await expect(sendFrom(phone().db.name, server.browser(chen))).rejects.toMatchObject({ name: 'Unreachable' })
    expect(await outbox()).toHaveLength(1)
  })
})

describe('nothing goes out', () => {
  it("of a guest's database", async () => {
    newPhone(server)
    await beginDraft()
    await sendFrom(phone().db.name, server.browser(chen))
    expect(server.requests).toEqual([])
  })

  it.each([
    ['somebody else', zhou],
    ['nobody', null],
  ])('while %s is signed in on this browser (I10)', async (_, who) => {
    await phoneOf(server, chen)
    await beginDraft()
    await sendFrom(phone().db.name, server.browser(who))
    expect(server.requests.map(({ call }) => call)).toEqual(['whoAmI'])
    expect(await outbox()).toHaveLength(1)
  })

  it('of a database that was deleted, and none is made in its place', async () => {
    await sendFrom('jiangshen-drafts-gone', server.browser(chen))
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('jiangshen-drafts-gone')
  })

  it('of a database with a PIN: its key is in pages only', async () => {
    await lockedPhone(server)
    const { name } = phone().db
    const before = server.requests.length
    await sendFrom(name, server.browser(chen))
    expect(server.requests.length).toBe(before)
    expect((await outbox()).length).toBeGreaterThan(0)
  })

  it('of a database that a newer version of the app has used', async () => {
    vi.spyOn(console, 'warn').mockReturnValue(undefined)
    await phoneOf(server)
    await beginDraft()
    const { name } = phone().db
    phone().db.close()
    const newer = newerApp(name)
    await newer.open()
    newer.close()
    await sendFrom(name, server.browser(chen))
    expect(server.requests).toEqual([])
  })
})

describe("the worker's own wire", () => {
  const answered = (body: unknown, init: ResponseInit & { type?: string } = {}) =>
    vi.stubGlobal('fetch', async () =>
      new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        ...init,
        headers: { 'content-type': init.type ?? 'application/json; charset=utf-8' },
      }))
  const push = () => workerWire.push({ device: 'd', client: 1, operations: [] })

  it('reads the reply, and hears that this app is behind', async () => {
    answered({ verdicts: [], now: '2021-04-20T01:00:00Z', client: 99 })
    expect(await push()).toMatchObject({ verdicts: [] })
    expect(behind.value).toBe(true)
    behind.value = false
  })

  it("tells the server's refusals from everything else that came", async () => {
    answered({ code: 'gap', message: '', trace: '' }, { status: 409 })
    await expect(push()).rejects.toMatchObject({ name: 'Refused', code: 'gap', status: refused(409, 'gap').status })
    for (const [body, init] of [
      ['<html>', { type: 'text/html' }],
      ['{"verdicts":[', {}],
      [{ oops: true }, { status: 500 }],
    ] as const) {
      answered(body, init)
      await expect(push()).rejects.toMatchObject({ name: 'Unreachable' })
    }
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
    await expect(push()).rejects.toMatchObject({ name: 'Unreachable' })
  })

  it('knows that nobody is signed in', async () => {
    answered({ code: 'signed-out', message: '', trace: '' }, { status: 401 })
    expect(await workerWire.whoAmI()).toBeNull()
  })
})
