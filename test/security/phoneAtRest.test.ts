// @vitest-environment jsdom
import '../support/phoneSetup'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isSealed } from '../../src/data/codec'
import { PhoneDatabase } from '../../src/data/database'
import { phone } from '../../src/data/phone'
import { finishMoving, setPin, unlock } from '../../src/data/pin/pin'
import { addPhoto, edit, noPhones, sync, view } from '../data/phones'
import { dump, everything, filledPhone, lockedPhone, PIN, readable, reload, SECRETS } from '../data/pins'
import { FakeServer } from '../support/fakeWire'

let server: FakeServer
beforeEach(() => {
  server = new FakeServer()
})
afterEach(() => vi.restoreAllMocks())

describe('security 55: the encrypted phone database, read raw,', () => {
  it('shows all of it before a PIN is set, so that this test can see', async () => {
    await filledPhone(server)
    const found = await readable(SECRETS)
    expect(SECRETS.filter((word) => !found.some((one) => one.startsWith(word)))).toEqual([])
  })

  it('holds no answer, no caption, no name, no photo: what was there before, and what came after', async () => {
    const { draft } = await lockedPhone(server)
    expect(await readable(SECRETS)).toEqual([])
    await unlock(PIN)
    await edit(draft, 'phone', '13911112222')
    await addPhoto(draft, 'awardCerts', '后来拍的')
    server.rejectPath = (path) => path === 'phone'
    await sync()
    await finishMoving()
    expect(await readable([...SECRETS, '13911112222'])).toEqual([])
  })

  it('has no payload in clear in any table, and no key to them', async () => {
    const { escrow } = await lockedPhone(server)
    const open = (await dump()).filter(({ row }) => {
      const { payload, stands } = row as { payload?: object; stands?: { payload: object } | null }
      return (payload && !isSealed(payload)) || (stands && !isSealed(stands.payload))
    })
    expect(open).toEqual([])
    const [key] = escrow.keys.values()
    const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const raw = (await dump()).map(({ row }) => hexOf(row)).join(' ')
    expect(raw).not.toContain(hex(key as Uint8Array))
    expect(Object.values({ ...localStorage }).join(' ')).not.toContain(PIN)
    expect((await dump()).map(({ row }) => everything(row)).join(' ')).not.toContain(PIN)

    function hexOf(value: unknown): string {
      if (ArrayBuffer.isView(value)) return hex(value as Uint8Array)
      if (typeof (value as ArrayBuffer | null)?.byteLength === 'number') return hex(new Uint8Array(value as ArrayBuffer))
      return typeof value === 'object' && value !== null ? Object.values(value).map(hexOf).join(' ') : ''
    }
  })

  it('gives no two payloads the same iv', async () => {
    await lockedPhone(server)
    const ivs = (await dump()).flatMap(({ row }) => {
      const { payload } = row as { payload?: object }
      return payload && isSealed(payload) ? [payload.iv.join()] : []
    })
    expect(ivs.length).toBeGreaterThan(20)
    expect(new Set(ivs).size).toBe(ivs.length)
  })
})

it('killed before any one of its transactions, sealing leaves everything there, and goes on after the next unlocking', async () => {
  const kill = { at: 1, seen: 0, armed: false }
  const original = PhoneDatabase.prototype.transaction
  vi.spyOn(PhoneDatabase.prototype, 'transaction').mockImplementation(function (this: PhoneDatabase, ...args: unknown[]) {
    if (kill.armed && args[0] === 'rw' && ++kill.seen > kill.at) throw new Error('killed')
    return (original as (...all: unknown[]) => unknown).apply(this, args) as never
  })
  let killed = 0
  for (kill.at = 0; ; kill.at++) {
    await noPhones()
    const { draft } = await filledPhone(new FakeServer())
    Object.assign(kill, { seen: 0, armed: true })
    const outcome = await setPin(PIN, 5).then(() => 'done', (reason: Error) => reason.message)
    kill.armed = false
    reload()
    if ((await phone().db.pin.count()) > 0) expect(await unlock(PIN)).toBeNull()
    else await (await import('../../src/data/pin/lock')).lookAgain()
    expect((await view(draft)).answers).toMatchObject({ name: '陆启明', idNumber: '320211199001011237', licence: [{ caption: '车间全景' }] })
    if ((await phone().db.pin.count()) > 0) {
      await finishMoving()
      expect(await readable(SECRETS)).toEqual([])
    }
    if (outcome === 'done') break
    expect(outcome).toBe('killed')
    killed++
  }
  expect(killed).toBeGreaterThan(8)
}, 120_000)
