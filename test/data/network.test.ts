import axios, { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Refused, Unreachable } from '../../src/data/failure'
import type { Upload } from '../../src/data/wire'

let answer: { status: number; body: unknown; type: string }
const started: { options: Record<string, (...args: unknown[]) => unknown>; aborted: boolean }[] = []
vi.mock('tus-js-client', () => ({
  DetailedError: class extends Error {},
  Upload: class {
    aborted = false
    url = null
    constructor(
      _blob: unknown,
      readonly options: Record<string, (...args: unknown[]) => unknown>,
    ) {
      started.push(this)
    }
    start() {}
    abort() {
      this.aborted = true
      return Promise.resolve()
    }
  },
}))

async function wire() {
  vi.resetModules()
  axios.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
    const headers = new AxiosHeaders({ 'content-type': answer.type })
    return { data: answer.body, status: answer.status, statusText: '', headers, config }
  }
  return (await import('../../src/data/httpWire')).httpWire
}
const push = async () => (await wire()).push({ device: 'd', client: 1, operations: [] }).then(
    () => null,
    (reason: unknown) => reason as Error,
  )

describe('an answer that is none', () => {
  it.each([
    ['CaptivePortal', 'a captive portal’s page', '<html>请登录无线网</html>', 'text/html'],
    ['Unreachable', 'JSON that was cut off (fault 18)', '{"verdicts":[{"seq":1', 'application/json; charset=utf-8'],
  ])('is a failure, %s: %s', async (name, _what, body, type) => {
    answer = { status: 200, body, type }
    expect((await push())?.name).toBe(name)
  })

  it('is a failure when a file comes back with other bytes', async () => {
    const { newPhone, beginDraft } = await import('./phones')
    const { FakeServer } = await import('../support/fakeWire')
    const { useWire } = await import('../../src/data/wire')
    const { bytesOf } = await import('../../src/data/materials')
    const { phone } = await import('../../src/data/phone')
    const mine = newPhone(new FakeServer())
    const draft = await beginDraft()
    useWire({ ...mine.wire, file: async () => new TextEncoder().encode('<html>').buffer })
    const failed = bytesOf(draft, { sha256: 'a'.repeat(64), type: 'image/jpeg', bytes: 9 })
    await expect(failed).rejects.toMatchObject({ name: 'Unreachable' })
    expect(await phone().db.files.count()).toBe(0)
  })
})

describe('an upload', () => {
  beforeEach(() => {
    started.length = 0
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())
  const begin = async () => {
    const { tusUpload } = await import('../../src/data/tusUpload')
    const upload: Upload = {
      draft: 'd',
      sha256: 'x',
      type: 'image/jpeg',
      buf: new ArrayBuffer(8),
      onUrl: () => Promise.resolve(),
      onProgress: () => undefined,
    }
    const outcome = tusUpload(upload).then(
      () => 'done',
      (reason: Error) => reason.name,
    )
    return { outcome, tus: started[0] }
  }

  it('that stands still for 20 seconds is given up, so that the next one has its turn', async () => {
    const { outcome, tus } = await begin()
    await vi.advanceTimersByTimeAsync(15_000)
    tus?.options.onProgress?.(4, 8)
    await vi.advanceTimersByTimeAsync(15_000)
    expect(tus?.aborted).toBe(false)
    await vi.advanceTimersByTimeAsync(6_000)
    expect(await outcome).toBe('Unreachable')
    expect(tus?.aborted).toBe(true)
  })

  it('that succeeds is not given up afterwards', async () => {
    const { outcome, tus } = await begin()
    tus?.options.onSuccess?.()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await outcome).toBe('done')
    expect(tus?.aborted).toBe(false)
  })
})

it('tells what the server refused from what did not arrive', () => {
  expect(new Refused(409, { code: 'late', message: '已经截止', trace: 't' }).code).toBe('late')
  expect(new Unreachable(null).message).toContain('内容都在本机')
})
