import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askToBeWoken, keepWaking } from '../../src/data/backgroundSync'
import { drain } from '../../src/data/drain'
import { phone } from '../../src/data/phone'
import { syncStatus } from '../../src/data/syncStatus'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, edit, newPhone, phoneOf, sync } from './phones'

const bells: string[] = []
let register: (tag: string) => Promise<void>
const worker = Object.assign(new EventTarget(), {
  getRegistration: async (): Promise<object | undefined> => ({ sync: { register: (tag: string) => register(tag) } }),
})
let server: FakeServer

Object.defineProperty(navigator, 'serviceWorker', { value: worker, configurable: true })
keepWaking()

beforeEach(() => {
  bells.length = 0
  register = async (tag) => void bells.push(tag)
  server = new FakeServer()
})
afterEach(() => vi.restoreAllMocks())
const tag = () => `jiangshen-send:${phone().db.name}`

describe('the browser is asked to wake the service worker', () => {
  it('when a round has failed and something waits', async () => {
    await phoneOf(server)
    await beginDraft()
    server.lose('push', 'request')
    await drain()
    await expect.poll(() => bells).toEqual([tag()])
  })

  it('once, however often it fails: woken at once, a page would ask a server that is down without end', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    let wakings = 0
    register = async (asked) => {
      bells.push(asked)
      // As Chromium does while it believes itself online.
      if (++wakings < 5) worker.dispatchEvent(new MessageEvent('message', { data: { kind: 'send', database: phone().db.name } }))
    }
    server.lose('push', 'request', 10)
    await drain()
    await expect.poll(() => bells).toEqual([tag()])
    await drain()
    await expect.poll(() => syncStatus.running).toBe(false)
    expect(bells).toEqual([tag()])
    server.heal()
    await sync()
    server.lose('push', 'request')
    await edit(draft, 'name', '周建国')
    await drain()
    await expect.poll(() => bells).toEqual([tag(), tag()])
  })

  it('when the page is hidden and may never come back', async () => {
    await phoneOf(server)
    await beginDraft()
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    await expect.poll(() => bells).toEqual([tag()])
  })

  it('not while nothing waits, and not for a guest, who has nowhere to send to', async () => {
    await phoneOf(server)
    await beginDraft()
    await sync()
    await askToBeWoken()
    newPhone(server)
    await beginDraft()
    await askToBeWoken()
    expect(bells).toEqual([])
  })

  it.each<[string, () => void]>([
    ['has no Background Sync', () => vi.spyOn(worker, 'getRegistration').mockResolvedValue({})],
    ['has no worker yet', () => vi.spyOn(worker, 'getRegistration').mockResolvedValue(undefined)],
    ['refuses it', () => (register = () => Promise.reject(new DOMException('denied', 'NotAllowedError')))],
  ])('in vain where the browser %s: nothing else changes', async (_, prepare) => {
    prepare()
    await phoneOf(server)
    await beginDraft()
    await askToBeWoken()
    expect(bells).toEqual([])
    expect(await drain()).toBe(true)
  })
})

describe('an open page that the worker asks to send', () => {
  const ask = async (database: string): Promise<unknown> => {
    const { port1, port2 } = new MessageChannel()
    const answer = new Promise((resolve) => {
      port1.onmessage = ({ data }: MessageEvent) => resolve(data)
      setTimeout(() => resolve('no answer'), 100)
    })
    worker.dispatchEvent(new MessageEvent('message', { data: { kind: 'send', database }, ports: [port2 as never] }))
    const said = await answer
    port1.close()
    return said
  }

  it('answers at once, and sends', async () => {
    await phoneOf(server)
    const draft = await beginDraft()
    await edit(draft, 'name', '周建国')
    expect(await ask(phone().db.name)).toBe('sending')
    await expect.poll(() => [server.value(draft, 'name'), syncStatus.running]).toEqual(['周建国', false])
  })

  it('leaves the database of another account to the worker', async () => {
    await phoneOf(server)
    await beginDraft()
    expect(await ask('jiangshen-drafts-of-another')).toBe('no answer')
    expect(server.requests).toEqual([])
  })
})
