import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { phone } from '../../src/data/phone'
import { renewPin, unlock } from '../../src/data/pin/pin'
import { FakeServer } from '../support/fakeWire'
import { lockedPhone, PIN, reload, type Filled } from './pins'
import { view } from './phones'

const noon = Date.parse('2021-04-20T12:00:00+08:00')
let filled: Filled
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  filled = await lockedPhone(new FakeServer())
})
afterEach(() => vi.useRealTimers())
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
const wrong = async (times: number) => {
  for (let i = 0; i < times; i++) await unlock('000001')
}

describe('wrong PINs', () => {
  it('four in a row cost nothing, the fifth 30 s, each more twice that; the tenth asks to sign in', async () => {
    const left: (number | string)[] = []
    for (let i = 0; i < 10; i++) {
      const turn = await unlock('000001')
      left.push(turn?.may === 'wait' ? turn.left / 1000 : (turn?.may ?? 'in'))
      later(turn?.may === 'wait' ? turn.left / 1000 : 0)
    }
    expect(left).toEqual(['try', 'try', 'try', 'try', 30, 60, 120, 240, 480, 'sign-in'])
    expect(await unlock(PIN)).toEqual({ may: 'sign-in' })
    filled.escrow.fresh = true
    await renewPin('314159')
    expect((await view(filled.draft)).answers.name).toBe('陆启明')
  })

  it('are counted over reloading, and the wait is not shortened by it', async () => {
    await wrong(5)
    later(20)
    reload()
    expect(await unlock(PIN)).toEqual({ may: 'wait', left: 10_000 })
    later(10)
    expect(await unlock(PIN)).toBeNull()
  })

  it('count before they are looked at: a page that is killed meanwhile gave no free try', async () => {
    const killed = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('killed'))
    await expect(unlock('000001')).rejects.toThrow('killed')
    killed.mockRestore()
    expect((await phone().db.pin.get('pin'))?.tries).toBe(1)
  })

  it('two tabs at once have one count', async () => {
    await Promise.all([wrong(2), wrong(2)])
    expect((await phone().db.pin.get('pin'))?.tries).toBe(4)
  })

  it('a clock that is set back makes no wait longer, and none shorter', async () => {
    await wrong(5)
    later(-3600)
    expect(await unlock(PIN)).toEqual({ may: 'wait', left: 30_000 })
    later(30)
    expect(await unlock(PIN)).toBeNull()
  })

  it('are forgotten with the right one, and never erase anything', async () => {
    await wrong(4)
    expect(await unlock(PIN)).toBeNull()
    expect((await phone().db.pin.get('pin'))?.tries).toBe(0)
    expect((await view(filled.draft)).title).toBe('我的申报')
  })
})

it('a PIN costs whoever guesses at least 19 MiB and two passes of Argon2id', async () => {
  vi.resetModules()
  const { COST, wrap } = await import('../../src/data/pin/wrap')
  expect(COST.memory).toBeGreaterThanOrEqual(19 * 1024)
  expect(COST.passes).toBeGreaterThanOrEqual(2)
  expect(await wrap(new Uint8Array(32), PIN)).toMatchObject(COST)
})
