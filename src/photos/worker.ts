/** The worker's own file: takes orders, one at a time (photoWorker.ts sees to that), and replies. */
import { editPhoto, redBackground } from './editPhoto'
import type { JobName, Jobs, Order, Reply } from './jobs'
import { PhotoError } from './photoError'
import { thumbnailOf } from './picture'
import { MAX_PDF_BYTES, prepareFile, withoutLibrary } from './prepareFile'
import type { Progress } from './preparePhoto'

const running = new Map<number, AbortController>()

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  if (data.job === 'abort') running.get(data.id)?.abort()
  else void carryOut(data)
})

async function carryOut(order: Exclude<Order, { job: 'abort' }>) {
  const { id } = order
  const controller = new AbortController()
  running.set(id, controller)
  const { signal } = controller
  try {
    const output = await work(order, { signal, stage: (stage) => reply({ id, is: 'stage', stage }) })
    reply({ id, is: 'done', output }, buffersOf(output))
  } catch (error) {
    reply(signal.aborted ? { id, is: 'aborted' } : { id, is: 'refused', ...reasonOf(error) })
  } finally {
    running.delete(id)
  }
}

async function work(order: Exclude<Order, { job: 'abort' }>, progress: Progress): Promise<Jobs[JobName]['output']> {
  switch (order.job) {
    case 'prepare':
      return prepareFile(order.input.source, order.input.kind, order.input.options, progress)
    case 'edit':
      return editPhoto(order.input.buf, order.input.edit)
    case 'thumbnail':
      return thumbnailOf(new Uint8Array(order.input.buf))
    case 'redBackground':
      return redBackground(order.input.buf)
    case 'join': {
      const { joinPages } = await import('./joinPages').catch(withoutLibrary)
      return joinPages(order.input.pages, MAX_PDF_BYTES, progress.signal)
    }
  }
}

/** Results are handed over, not copied. */
function buffersOf(output: Jobs[JobName]['output']): ArrayBuffer[] {
  if (!('buf' in output)) return []
  return 'thumbnail' in output ? [output.buf, output.thumbnail.buf] : [output.buf]
}

/** What nobody foresaw (mostly memory) is told to people as an interruption, to developers by its cause. */
function reasonOf(error: unknown): Pick<Extract<Reply, { is: 'refused' }>, 'code' | 'facts' | 'cause'> {
  const { code, facts, cause } = error instanceof PhotoError ? error : new PhotoError('crashed', {}, { cause: error })
  return { code, facts, cause: cause === undefined ? '' : String(cause) }
}

function reply(message: Reply, transfer: ArrayBuffer[] = []) {
  postMessage(message, { transfer })
}
