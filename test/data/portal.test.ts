import axios, { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drain } from '../../src/data/drain'
import { Unreachable } from '../../src/data/failure'
import { syncStatus } from '../../src/data/syncStatus'
import { useWire } from '../../src/data/wire'
import { FakeServer } from '../support/fakeWire'
import { beginDraft, outbox, phoneOf } from './phones'

interface Answer {
  status: number
  body: unknown
  type: string
  url?: string
}
const page = '<html><title>欢迎使用商场免费 Wi-Fi</title></html>'
let answer: Answer | 'nothing'
/** What the network says to a request that doesn't follow redirects. */
let probe: () => Promise<Partial<Response>>

beforeEach(() => {
  vi.stubGlobal('fetch', () => probe())
  probe = () => Promise.reject(new TypeError('Failed to fetch'))
})
afterEach(() => vi.unstubAllGlobals())

async function wire() {
  vi.resetModules()
  axios.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
    if (answer === 'nothing') throw new AxiosError('Network Error', 'ERR_NETWORK', config)
    const { status, body, type, url = 'http://localhost:3000/api/sync/push' } = answer
    const headers = new AxiosHeaders({ 'content-type': type })
    const response = { data: body, status, statusText: '', headers, config, request: { responseURL: url } }
    if (status >= 400) throw new AxiosError('status', 'ERR_BAD_RESPONSE', config, response.request, response)
    return response
  }
  return (await import('../../src/data/httpWire')).httpWire
}
const failure = async () => {
  const { push } = await wire()
  return push({ device: 'd', client: 1, operations: [] }).then(
    () => null,
    (reason: Error) => reason,
  )
}

describe('fault 16: a network that wants a sign-in first', () => {
  it.each<[string, Answer]>([
    ['its page with a good status', { status: 200, body: page, type: 'text/html; charset=utf-8' }],
    ['status 511', { status: 511, body: page, type: 'text/html' }],
    ['JSON from another address', { status: 200, body: '{"ok":true}', type: 'text/json', url: 'http://portal.example/login' }],
  ])('is known by %s', async (_, given) => {
    answer = given
    expect(await failure()).toMatchObject({ name: 'CaptivePortal', message: expect.stringContaining('这个网络需要先登录') as string })
  })

  it('is known by a redirect to its own address, which nothing comes back from', async () => {
    answer = 'nothing'
    probe = async () => ({ type: 'opaqueredirect', status: 0, headers: new Headers() })
    expect((await failure())?.name).toBe('CaptivePortal')
  })

  it.each<[string, Answer]>([
    ['a proxy whose server is down', { status: 502, body: page, type: 'text/html' }],
    ['JSON that was cut off', { status: 200, body: '{"verdicts":[', type: 'application/json' }],
    ['an answer in words', { status: 200, body: 'ok', type: 'text/plain' }],
  ])('is not mistaken for %s', async (_, given) => {
    answer = given
    expect((await failure())?.name).toBe('Unreachable')
  })

  it('is not mistaken for no network at all', async () => {
    answer = 'nothing'
    expect((await failure())?.name).toBe('Unreachable')
  })

  it('keeps the queue, says what to do, and tries again by itself', async () => {
    const phone = await phoneOf(new FakeServer())
    await beginDraft()
    const { CaptivePortal } = await import('../../src/data/failure')
    useWire({ ...phone.wire, whoAmI: () => Promise.reject(new CaptivePortal('a page')) })
    expect(await drain()).toBe(false)
    expect(syncStatus.trouble).toContain('这个网络需要先登录（例如商场、宾馆 Wi-Fi），请打开浏览器完成登录，或改用流量')
    expect(syncStatus.nextTry).toBeGreaterThan(0)
    expect(await outbox()).toHaveLength(1)
    useWire(phone.wire)
    expect(await drain()).toBe(true)
    expect(syncStatus.trouble).toBe('')
  })
})

describe('fault 20: navigator.onLine lies', () => {
  afterEach(() => vi.restoreAllMocks())

  it('says offline while the server can be reached: everything is sent', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    const server = new FakeServer()
    await phoneOf(server)
    const draft = await beginDraft()
    expect(await drain()).toBe(true)
    expect(server.drafts.has(draft)).toBe(true)
  })

  it('says online while nothing gets through: that is a failure like any other, and the next try is set', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true)
    const server = new FakeServer()
    const phone = await phoneOf(server)
    await beginDraft()
    useWire({ ...phone.wire, push: () => Promise.reject(new Unreachable('no route')) })
    expect(await drain()).toBe(false)
    expect(syncStatus.nextTry).toBeGreaterThan(0)
    expect(await outbox()).toHaveLength(1)
  })
})
