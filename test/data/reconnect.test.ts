import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { sentenceOf } from '../../src/data/failure'
import { useLive } from '../../src/data/live'
import { phone } from '../../src/data/phone'
import { readDraft, readDrafts } from '../../src/data/read'
import { isConnectionError } from '../../src/data/reconnect'
import { ConnectionLost } from '../../src/data/storageFailure'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, view } from './phones'

/** As WebKit words it. */
const LOST = 'Connection to Indexed Database server lost. Refresh the page to try again'
let draft: string
let scope: EffectScope
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  scope = effectScope()
  newPhone(new FakeServer())
  draft = await beginDraft()
})
afterEach(() => {
  scope.stop()
  vi.restoreAllMocks()
})

/** The next transactions that write fail, as those of a page that comes back from the background. */
async function loseConnection(name: string, times = 1) {
  const connection = Object.getPrototypeOf(phone().db.backendDB()) as IDBDatabase
  const real = connection.transaction
  let left = times
  const spy = vi.spyOn(connection, 'transaction').mockImplementation(function (this: IDBDatabase, stores, mode, options) {
    if (mode === 'readwrite' && left-- > 0) throw new DOMException(LOST, name)
    return real.call(this, stores, mode, options)
  })
  // Dexie takes hold of the method when it opens.
  phone().db.close({ disableAutoOpen: false })
  await phone().db.open()
  return { heal: () => spy.mockRestore(), failed: () => spy.mock.results.filter(({ type }) => type === 'throw').length }
}

/** The database can't even be opened, until `heal` is called. */
function refuseToOpen() {
  const spy = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    const request = { error: new DOMException(LOST, 'UnknownError'), onerror: (_: object) => undefined }
    setTimeout(() => request.onerror({ target: request, preventDefault: () => undefined }))
    return request as unknown as IDBOpenDBRequest
  })
  return { heal: () => spy.mockRestore() }
}

describe('fault 24: a connection that the browser has ended', () => {
  for (const name of ['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError'])
    it(`is opened again and the edit written, when it ends with ${name}`, async () => {
      const { failed } = await loseConnection(name)
      await edit(draft, 'employer', '无锡精密')
      expect(failed()).toBe(1)
      expect((await view(draft)).answers.employer).toBe('无锡精密')
    })

  it('underway in a transaction leaves the edit whole, and once', async () => {
    const { db } = phone()
    let first = true
    const lose = () => {
      if (!first) return
      first = false
      throw new DOMException(LOST, 'UnknownError')
    }
    db.outbox.hook('creating', lose)
    await edit(draft, 'employer', '无锡精密')
    db.outbox.hook('creating').unsubscribe(lose)
    expect(first).toBe(false)
    expect((await db.outbox.toArray()).map(({ path }) => path)).toEqual(['$draft', 'employer'])
  })

  it('does not stay lost for good when opening failed, too: the next edit opens it', async () => {
    phone().db.close({ disableAutoOpen: false })
    const { heal } = refuseToOpen()
    const failed = await edit(draft, 'employer', '无锡精密').catch((reason: unknown) => reason)
    expect(failed).toBeInstanceOf(ConnectionLost)
    expect(sentenceOf(failed)).toContain('内容没有丢')
    heal()
    await edit(draft, 'employer', '无锡精密')
    expect((await view(draft)).answers.employer).toBe('无锡精密')
  })

  it('is no reason to show a draft as missing: the screen waits, and follows again afterwards', async () => {
    phone().db.close({ disableAutoOpen: false })
    const { heal } = refuseToOpen()
    const { value, loaded, fault } = scope.run(() => useLive(() => readDraft(draft), null))!
    await expect.poll(() => isConnectionError(fault.value)).toBe(true)
    expect(loaded.value).toBe(false)
    heal()
    await expect.poll(() => value.value?.id, { timeout: 12_000 }).toBe(draft)
    expect(fault.value).toBeNull()
    await edit(draft, 'employer', '无锡精密')
    await expect.poll(() => value.value?.answers.employer).toBe('无锡精密')
  })

  it('that stays lost keeps the edit from being called saved, and leaves on the screen what was there', async () => {
    const { value, fault } = scope.run(() => useLive(() => readDrafts(), []))!
    await expect.poll(() => value.value.length).toBe(1)
    const { heal } = await loseConnection('UnknownError', Infinity)
    await expect(edit(draft, 'employer', '无锡精密')).rejects.toThrow(ConnectionLost)
    expect(value.value).toHaveLength(1)
    heal()
    phone().db.close({ disableAutoOpen: false })
    await edit(draft, 'employer', '回来以后')
    await expect.poll(() => value.value[0]?.answers.employer, { timeout: 12_000 }).toBe('回来以后')
    expect(fault.value).toBeNull()
  })
})

it('a full disk, a wrong key and a newer database are not taken for a lost connection', () => {
  const wrapped = (name: string, inner: unknown) => Object.assign(new Error(name), { name, inner })
  expect(isConnectionError(wrapped('AbortError', new DOMException('', 'QuotaExceededError')))).toBe(false)
  expect(isConnectionError(wrapped('AbortError', new DOMException('', 'ConstraintError')))).toBe(false)
  expect(isConnectionError(wrapped('DatabaseClosedError', wrapped('VersionError', null)))).toBe(false)
  expect(isConnectionError(wrapped('DatabaseClosedError', wrapped('UnknownError', null)))).toBe(true)
  expect(isConnectionError(new TypeError('x'))).toBe(false)
})
