import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refreshServerInfo, serverNow } from '../../src/data/serverInfo'
import { FakeServer } from '../support/fakeWire'
import { phoneOf, sync } from './phones'

let server: FakeServer
beforeEach(async () => {
  server = new FakeServer()
  await phoneOf(server)
})
afterEach(() => vi.restoreAllMocks())
const off = () => Math.abs(serverNow() - server.now)

describe('the countdown', () => {
  it('fault 42: goes by the server’s clock, however wrong the phone’s is', async () => {
    await refreshServerInfo()
    expect(off()).toBeLessThan(60_000)
    const real = Date.now()
    vi.spyOn(Date, 'now').mockReturnValue(real + 86_400_000)
    await sync()
    expect(off()).toBeLessThan(60_000)
  })

  it('is corrected by every reply', async () => {
    await refreshServerInfo()
    server.now += 3_600_000
    await sync()
    expect(off()).toBeLessThan(60_000)
  })

  it('is not lost to a reply without a time', async () => {
    await refreshServerInfo()
    server.at = () => 'soon'
    await sync()
    expect(off()).toBeLessThan(60_000)
  })
})
