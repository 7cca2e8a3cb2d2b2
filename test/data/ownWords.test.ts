import { beforeEach, describe, expect, it } from 'vitest'
import { readConflicts } from '../../src/data/conflicts'
import { drain } from '../../src/data/drain'
import { consent } from '../../src/data/drafts'
import { phone } from '../../src/data/phone'
import { write } from '../../src/data/write'
import type { Json } from '../../src/domain/sync'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, chen, edit, outbox, phoneOf, sync, take, view, zhou, type Phone } from './phones'

let server: FakeServer
let one: Phone
let two: Phone
let draft: string
beforeEach(async () => {
  server = new FakeServer()
  one = await phoneOf(server)
  draft = await beginDraft()
  await edit(draft, 'employer', '无锡精密')
  await sync()
  two = await phoneOf(server)
  await sync()
  await sync(one)
})

describe('typing on while words are on their way', () => {
  it('is no conflict with them: they are sent and come back, and their author has seen them', async () => {
    const seen = (await view(draft)).versions.get('employer') ?? 0
    const types = (value: Json) => write(draft, [{ path: 'employer', value, seen }])
    await types('无锡精密机')
    server.meanwhile.push = () => types('无锡精密机械')
    await sync()
    await types('无锡精密机械厂')
    await sync()
    expect(await readConflicts(draft, 'technician')).toEqual([])
    expect(server.value(draft, 'employer')).toBe('无锡精密机械厂')
  })

  it('is one with what came from elsewhere meanwhile', async () => {
    const seen = (await view(draft)).versions.get('employer') ?? 0
    await write(draft, [{ path: 'employer', value: '无锡精密机', seen }])
    await sync()
    await sync(two)
    await edit(draft, 'employer', '另一台写的')
    await sync()
    await sync(one)
    await write(draft, [{ path: 'employer', value: '无锡精密机械', seen }])
    await sync()
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ mine: '无锡精密机械', theirs: '另一台写的' }])
  })
})

describe('fault 35: typing on while the server is restored from a backup', () => {
  it('still has not seen what came from elsewhere before', async () => {
    const seen = (await view(draft)).versions.get('employer') ?? 0
    await sync(two)
    await edit(draft, 'employer', '另一台写的')
    await sync()
    await sync(one)
    await write(draft, [{ path: 'employer', value: '无锡精密机械', seen }])
    server.epoch = 'after the backup'
    // The line breaks right after the comparing, and somebody types on before it is sent.
    server.meanwhile.pull = () => server.lose('push', 'request')
    expect(await drain()).toBe(false)
    await write(draft, [{ path: 'employer', value: '无锡精密机械厂' }])
    await sync()
    expect(server.value(draft, 'employer')).toBe('另一台写的')
    expect(await readConflicts(draft, 'technician')).toMatchObject([{ mine: '无锡精密机械厂', theirs: '另一台写的' }])
  })
})

describe('a consent on two phones', () => {
  it('is one: the first that arrived stands on both, to the minute', async () => {
    take(two)
    await consent(draft, '2021-1')
    await sync()
    const first = server.value(draft, '$consent')
    // It comes while this phone's own is being given, so that no later pull brings it.
    server.meanwhile.pull = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      await consent(draft, '2021-1')
    }
    await sync(one)
    await sync()
    expect(server.value(draft, '$consent')).toEqual(first)
    expect((await phone().db.registers.get([draft, '$consent']))?.payload).toMatchObject({ value: first })
  })
})

describe('fault 47: somebody else signs in while a round is under way', () => {
  it('gets nothing of it, and gives nothing to it', async () => {
    const fresh = await phoneOf(server)
    const mine = await beginDraft()
    await edit(mine, 'employer', '无锡精密')
    server.meanwhile.whoAmI = () => void (fresh.wire.session = zhou)
    expect(await drain()).toBe(false)
    expect(server.drafts.has(mine)).toBe(false)
    expect(await outbox()).toHaveLength(2)
    fresh.wire.session = chen
    await sync()
    expect(server.value(mine, 'employer')).toBe('无锡精密')
  })
})
