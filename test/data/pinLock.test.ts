import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { isShut } from '../../src/data/door'
import { registerFlush } from '../../src/data/flush'
import { useLive } from '../../src/data/live'
import { phone, useDatabase } from '../../src/data/phone'
import { keepLocking, lock } from '../../src/data/pin/lock'
import { changePin, removePin, setPin, unlock } from '../../src/data/pin/pin'
import { readDraft, readDrafts } from '../../src/data/read'
import { useSession } from '../../src/data/session'
import { readOldUnsent } from '../../src/data/unsent'
import { noteWaiting } from '../../src/data/waitingPhoto'
import { FakeServer } from '../support/fakeWire'
import { edit, view } from './phones'
import { filledPhone, lockedPhone, PIN, type Filled } from './pins'

let server: FakeServer
let scope: EffectScope
beforeEach(() => {
  server = new FakeServer()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('locking', () => {
  it('writes down what is being typed first', async () => {
    const { draft } = await lockedPhone(server)
    await unlock(PIN)
    const done = registerFlush(() => edit(draft, 'phone', '还没存的字'))
    await lock()
    done()
    expect(isShut(phone().db.name)).toBe(true)
    await unlock(PIN)
    expect((await view(draft)).answers.phone).toBe('还没存的字')
  })

  it('does not take what can’t be written from the screen', async () => {
    await lockedPhone(server)
    await unlock(PIN)
    const done = registerFlush(() => Promise.reject(new DOMException('full', 'QuotaExceededError')))
    await expect(lock()).rejects.toThrow('full')
    done()
    expect(isShut(phone().db.name)).toBe(false)
  })

  it('takes everything that was read from the screen, the name too; unlocking brings it back', async () => {
    setActivePinia(createPinia())
    const { draft } = await lockedPhone(server)
    await unlock(PIN)
    const session = useSession()
    const { value } = scope.run(() => useLive(() => readDraft(draft), null)) as { value: { value: { title: string } | null } }
    await vi.waitFor(() => expect([value.value?.title, session.account?.name]).toEqual(['我的申报', '陈志远']))
    await lock()
    expect([value.value, session.account]).toEqual([null, null])
    await unlock(PIN)
    await vi.waitFor(() => expect([value.value?.title, session.account?.name]).toEqual(['我的申报', '陈志远']))
  })
})

it('a live query over sealed rows hears of every change, also where it reads on after opening some', async () => {
  const { draft } = await lockedPhone(server)
  await unlock(PIN)
  const soon = Date.now() + 48 * 3600_000
  const live = scope.run(() => useLive(async () => ({ drafts: await readDrafts(), old: await readOldUnsent(soon) }), null))
  await vi.waitFor(() => expect(live?.value.value?.drafts[0]?.title).toBe('我的申报'))
  for (const name of ['一', '二', '三']) {
    await edit(draft, 'phone', name)
    await vi.waitFor(() => expect(live?.value.value?.drafts[0]?.answers.phone).toBe(name))
  }
  await phone().db.outbox.clear()
  await vi.waitFor(() => expect(live?.value.value?.old).toBeNull())
})

describe('after a while', () => {
  let filled: Filled
  const listeners: [string, () => void][] = []
  const seen = (state: 'visible' | 'hidden') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    for (const [kind, listener] of listeners) if (kind === 'visibilitychange') listener()
  }
  const minutes = async (n: number) => {
    vi.advanceTimersByTime(n * 60_000)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const locked = () => isShut(phone().db.name)
  beforeEach(async () => {
    filled = await filledPhone(server)
    await setPin(PIN, 5)
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    listeners.length = 0
    vi.spyOn(document, 'addEventListener').mockImplementation(((kind: string, listener: () => void) => void listeners.push([kind, listener])) as never)
    keepLocking()
  })

  it('without a touch it locks; whoever goes on is left alone', async () => {
    await minutes(4)
    dispatchEvent(new Event('pointerdown'))
    await minutes(4)
    expect(locked()).toBe(false)
    await minutes(2)
    await vi.waitFor(() => expect(locked()).toBe(true))
  })

  it('away for longer than that, it locks on coming back, whatever is touched first', async () => {
    seen('hidden')
    vi.setSystemTime(Date.now() + 6 * 60_000)
    seen('visible')
    dispatchEvent(new Event('pointerdown'))
    await vi.waitFor(() => expect(locked()).toBe(true))
  })

  it('waits while the camera is in front of it, and lets its photo in first', async () => {
    noteWaiting({ draft: filled.draft, slot: 'licence' })
    seen('hidden')
    await minutes(7)
    expect(locked()).toBe(false)
    seen('visible')
    expect(locked()).toBe(false)
    await vi.waitFor(() => expect(locked()).toBe(true), { timeout: 8000 })
  })
})

describe('two tabs', () => {
  /** Another page of the same browser: its own modules, its own key. */
  async function otherTab() {
    const { name } = phone().db
    vi.resetModules()
    const [door, lockOf, pin, phones, read, writing] = await Promise.all([
      import('../../src/data/door'),
      import('../../src/data/pin/lock'),
      import('../../src/data/pin/pin'),
      import('../../src/data/phone'),
      import('../../src/data/read'),
      import('../../src/data/write'),
    ])
    phones.useDatabase(name)
    lockOf.keepLocking()
    return { ...door, ...lockOf, ...pin, ...phones, ...read, ...writing, locked: () => door.isShut(name) }
  }

  it('a PIN that is set in one locks the other, and nothing of it stays in clear', async () => {
    const { draft } = await filledPhone(server)
    const other = await otherTab()
    expect((await other.readDrafts()).length).toBe(1)
    const setting = setPin(PIN, 5)
    await vi.waitFor(() => expect(other.locked()).toBe(true))
    await setting
    await expect(other.readDrafts()).rejects.toThrow('已锁定')
    await expect(other.write(draft, [{ path: 'phone', value: '明文' }])).rejects.toThrow('已锁定')
  })

  it('each asks for the PIN; locking by hand locks both', async () => {
    await lockedPhone(server)
    const other = await otherTab()
    keepLocking()
    await unlock(PIN)
    expect(other.locked()).toBe(true)
    expect(await other.unlock(PIN)).toBeNull()
    await other.lock()
    await vi.waitFor(() => expect(isShut(phone().db.name)).toBe(true))
  })

  it('another PIN asks for it in the other, none lets it in', async () => {
    await lockedPhone(server)
    const other = await otherTab()
    await unlock(PIN)
    await other.unlock(PIN)
    await changePin(PIN, '314159')
    await vi.waitFor(() => expect(other.locked()).toBe(true))
    await removePin('314159')
    await vi.waitFor(async () => expect((await other.readDrafts())[0]?.title).toBe('我的申报'))
  })
})

it('another account that comes into use locks the first', async () => {
  await lockedPhone(server)
  await unlock(PIN)
  const { name } = phone().db
  useDatabase('jiangshen-drafts-other')
  expect(isShut(name)).toBe(true)
})
