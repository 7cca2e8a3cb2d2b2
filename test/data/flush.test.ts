import { afterEach, expect, it, vi } from 'vitest'
import { flushAll, flushWhenHidden, registerFlush } from '../../src/data/flush'
import { freeSpace, probeStorage } from '../../src/data/storage'

afterEach(() => vi.unstubAllGlobals())

it('what is being typed is written down when the page is hidden', () => {
  const flush = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const leave = registerFlush(flush)
  flushWhenHidden()
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
  expect(flush).toHaveBeenCalledTimes(1)
  leave()
  dispatchEvent(new Event('pagehide'))
  expect(flush).toHaveBeenCalledTimes(1)
})

it('whoever waits for it is told when one of the fields could not be written, and the others were', async () => {
  const other = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const leave = [registerFlush(() => Promise.reject(new Error('full'))), registerFlush(other)]
  await expect(flushAll()).rejects.toThrow('full')
  expect(other).toHaveBeenCalled()
  for (const one of leave) one()
  await expect(flushAll()).resolves.toBeUndefined()
})

it('a browser that keeps data is told from one that denies it and from one that has no database', async () => {
  expect(await probeStorage()).toBe('ok')
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  expect(await probeStorage()).toBe('denied')
  vi.stubGlobal('indexedDB', undefined)
  expect(await probeStorage()).toBe('missing')
})

it('says nothing about free space where the browser does not', async () => {
  expect(await freeSpace()).toBeNull()
})
