// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'
import type { Order, Reply } from '../../src/photos/jobs'
import { createPhotoWorker, type WorkerLike } from '../../src/photos/photoWorker'

/** Stands where the browser's worker would: keeps what it was told, and says what the test wants. */
class FakeWorker extends EventTarget implements WorkerLike {
  readonly orders: Order[] = []
  terminated = false
  postMessage(order: Order) {
    this.orders.push(order)
  }
  terminate() {
    this.terminated = true
  }
  reply(reply: Reply) {
    this.dispatchEvent(new MessageEvent('message', { data: reply }))
  }
}

function phone(silenceMs?: number) {
  const workers: FakeWorker[] = []
  const photos = createPhotoWorker(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  }, silenceMs)
  const ask = (signal?: AbortSignal) => photos.run('redBackground', { buf: new ArrayBuffer(1) }, { signal })
  return { workers, photos, ask }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))
const red = { share: 1, red: true }

describe('the worker for photos', () => {
  it('is started by the first photo and serves one at a time', async () => {
    const { workers, ask } = phone()
    expect(workers).toHaveLength(0)
    const answers = [ask(), ask()]
    await settled()
    expect(workers.map(({ orders }) => orders.length)).toEqual([1])
    workers[0]?.reply({ id: 1, is: 'done', output: red })
    await settled()
    expect(workers[0]?.orders.map(({ id }) => id)).toEqual([1, 2])
    workers[0]?.reply({ id: 2, is: 'done', output: red })
    expect(await Promise.all(answers)).toEqual([red, red])
  })

  it('gives the reason of a refusal in words, and takes the next photo', async () => {
    const { workers, ask } = phone()
    const refused = ask()
    await settled()
    workers[0]?.reply({ id: 1, is: 'refused', code: 'empty', facts: {}, cause: '' })
    const message = expect.stringContaining('0 字节') as string
    await expect(refused).rejects.toMatchObject({ name: 'PhotoError', code: 'empty', message })
    const next = ask()
    await settled()
    workers[0]?.reply({ id: 2, is: 'done', output: red })
    expect(await next).toEqual(red)
  })

  it('is made anew after a crash; only the photo at work is reported', async () => {
    const { workers, ask } = phone()
    const [lost, kept] = [ask(), ask()]
    await settled()
    workers[0]?.dispatchEvent(new Event('error'))
    await expect(lost).rejects.toMatchObject({ code: 'crashed', cause: 'error' })
    expect(workers[0]?.terminated).toBe(true)
    await settled()
    workers[1]?.reply({ id: 2, is: 'done', output: red })
    expect(await kept).toEqual(red)
  })

  it('that cannot even be started is an error of that photo', async () => {
    const spawn = vi.fn<() => WorkerLike>(() => {
      throw new Error('no workers here')
    })
    const photos = createPhotoWorker(spawn)
    for (const _ of [1, 2])
      await expect(photos.run('redBackground', { buf: new ArrayBuffer(1) })).rejects.toMatchObject({ code: 'crashed' })
    expect(spawn).toHaveBeenCalledTimes(2)
  })

  it('that falls silent is given up', async () => {
    const { workers, ask } = phone(5)
    await expect(ask()).rejects.toMatchObject({ code: 'crashed', cause: 'silence' })
    expect(workers[0]?.terminated).toBe(true)
  })

  it('lets somebody leave at once, yet finishes before it takes the next photo', async () => {
    const { workers, ask } = phone()
    const controller = new AbortController()
    const left = ask(controller.signal)
    const next = ask()
    await settled()
    controller.abort(new Error('changed my mind'))
    await expect(left).rejects.toThrow('changed my mind')
    expect(workers[0]?.orders).toEqual([expect.objectContaining({ id: 1 }), { id: 1, job: 'abort' }])
    workers[0]?.reply({ id: 1, is: 'aborted' })
    await settled()
    workers[0]?.reply({ id: 2, is: 'done', output: red })
    expect(await next).toEqual(red)
  })

  it('is not bothered with a photo that was given up while it waited', async () => {
    const { workers, ask } = phone()
    const controller = new AbortController()
    const [first, second] = [ask(), ask(controller.signal)]
    controller.abort(new Error('changed my mind'))
    await expect(second).rejects.toThrow('changed my mind')
    await settled()
    workers[0]?.reply({ id: 1, is: 'done', output: red })
    await first
    await settled()
    expect(workers[0]?.orders).toHaveLength(1)
  })

  it('tells how far it is', async () => {
    const { workers, photos } = phone()
    const stages: string[] = []
    const input = { source: new Blob(['x']), kind: 'photo' as const, options: { maxSide: 1, quality: 1 } }
    const done = photos.run('prepare', input, { onStage: (stage) => stages.push(stage) })
    await settled()
    for (const stage of ['read', 'decode'] as const) workers[0]?.reply({ id: 1, is: 'stage', stage })
    workers[0]?.reply({ id: 99, is: 'stage', stage: 'check' })
    workers[0]?.reply({ id: 1, is: 'refused', code: 'blank', facts: {}, cause: '' })
    await expect(done).rejects.toMatchObject({ code: 'blank' })
    expect(stages).toEqual(['read', 'decode'])
  })
})
