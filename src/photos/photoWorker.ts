/** The page's side of the worker: created with the first job, one job at a time, made anew after a crash. */
import type { JobName, Jobs, Order, Reply } from './jobs'
import { PhotoError, type PhotoErrorCode } from './photoError'
import type { Stage } from './preparePhoto'

/** What is needed of a Worker; tests put a fake in its place. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

export interface Watch {
  signal?: AbortSignal | undefined
  onStage?: ((stage: Stage) => void) | undefined
}

export interface PhotoWorker {
  /**
   * Waits for the jobs before it, then runs.
   * @throws PhotoError, or the signal's reason once it is aborted
   */
  run<N extends JobName>(job: N, input: Jobs[N]['input'], watch?: Watch): Promise<Jobs[N]['output']>
}

/** A worker that ran out of memory may die without a word. No single stage takes this long, even on old phones. */
const SILENCE_MS = 90_000

/** After these a fresh worker has a better chance: with its memory back, and without a remembered failed download. */
const spent: ReadonlySet<PhotoErrorCode> = new Set(['crashed', 'decoder-missing', 'pdf-library-missing'])

/** The file's address stands here literally: that is how the bundler finds the worker. */
export function spawnPhotoWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'photos' })
}

export function createPhotoWorker(spawn: () => WorkerLike, silenceMs = SILENCE_MS): PhotoWorker {
  let worker: WorkerLike | undefined
  let current: { id: number; hear: (reply: Reply) => void; fail: (cause: unknown) => void } | undefined
  let lastId = 0
  let before: Promise<unknown> = Promise.resolve()

  function start(): WorkerLike {
    const started = spawn()
    started.addEventListener('message', ({ data }) => {
      const reply = data as Reply // only our own worker speaks here
      if (reply.id === current?.id) current.hear(reply)
    })
    const crash = (event: Event) => {
      if (worker === started) current?.fail('message' in event ? event.message : event.type)
    }
    started.addEventListener('error', crash)
    started.addEventListener('messageerror', crash)
    return started
  }

  function end() {
    worker?.terminate()
    worker = undefined
  }

  /** Settles when the worker is free again, or gone. */
  function send(order: Order, onStage: Watch['onStage']): Promise<Reply> {
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const fail = (cause: unknown) => {
        clearTimeout(timer)
        current = undefined
        end()
        reject(new PhotoError('crashed', {}, { cause }))
      }
      const listen = () => {
        clearTimeout(timer)
        timer = setTimeout(fail, silenceMs, 'silence')
      }
      const hear = (reply: Reply) => {
        if (reply.is === 'stage') {
          listen()
          onStage?.(reply.stage)
          return
        }
        clearTimeout(timer)
        current = undefined
        if (reply.is === 'refused' && spent.has(reply.code)) end()
        resolve(reply)
      }
      current = { id: order.id, hear, fail }
      listen()
      try {
        worker ??= start()
        worker.postMessage(order, [])
      } catch (error) {
        fail(error)
      }
    })
  }

  function run<N extends JobName>(job: N, input: Jobs[N]['input'], { signal, onStage }: Watch = {}) {
    lastId += 1
    const id = lastId
    const turn = before.then(async () => {
      signal?.throwIfAborted()
      const abort = () => worker?.postMessage({ id, job: 'abort' } satisfies Order, [])
      signal?.addEventListener('abort', abort)
      try {
        // Job and input belong together by this function's own signature.
        return await send({ id, job, input } as Order, (stage) => signal?.aborted || onStage?.(stage))
      } finally {
        signal?.removeEventListener('abort', abort)
      }
    })
    // Whoever gives up leaves at once; the next job still waits until the worker is free.
    before = turn.catch(() => undefined)
    return orAborted(turn, signal).then((reply) => outputOf<N>(reply))
  }

  return { run }
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise
  let leave: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason as Error)
    signal.addEventListener('abort', leave)
  })
  return Promise.race([promise, aborted]).finally(() => leave && signal.removeEventListener('abort', leave))
}

function outputOf<N extends JobName>(reply: Reply): Jobs[N]['output'] {
  if (reply.is === 'done') return reply.output as Jobs[N]['output']
  if (reply.is === 'refused') throw new PhotoError(reply.code, reply.facts, { cause: reply.cause })
  throw new PhotoError('crashed', {}, { cause: reply.is })
}
