/** A phone as the server sees it: a queue of operations with numbers, and what was answered to them. */
import { randomUUID } from 'node:crypto'
import type { Json, Operation, PulledDraft, PullReply, PushReply, Verdict } from '../../../src/domain/sync'
import { json, post, Unanswered, type Line, type Reply } from './http'

export interface Acknowledged {
  operation: Operation
  verdict: Verdict
}

export interface Phone {
  line: Line
  device: string
  /** Not answered yet, in their order; perhaps the server has them. */
  queue: Operation[]
  acknowledged: Acknowledged[]
  /** Puts an edit into the queue. */
  edit(draft: string, path: string, value: Json): void
  /** Sends the first of the queue. Resolves with whether they were answered by verdicts. */
  send(most?: number): Promise<boolean>
  /** All that was ever acknowledged once more: the verdicts that come now. */
  again(): Promise<Verdict[]>
  /** Everything; null when no answer came, or that the server is busy. */
  pull(): Promise<PulledDraft[] | null>
}

export function phoneOn(line: Line): Phone {
  const device = randomUUID()
  const queue: Operation[] = []
  const acknowledged: Acknowledged[] = []
  /** What this phone has seen of each path. */
  const seen = new Map<string, number>()
  let seq = 0

  const push = (operations: readonly Operation[]) => post(line, '/api/sync/push', { device, client: 1, operations })
  const learn = ({ operation: { draft, path }, verdict }: Acknowledged) => {
    if (verdict.verdict === 'applied') seen.set(`${draft} ${path}`, verdict.version)
    else if (verdict.current) seen.set(`${draft} ${path}`, verdict.current.version)
  }

  return {
    line,
    device,
    queue,
    acknowledged,
    edit(draft, path, value) {
      const waiting = queue.find((one) => one.draft === draft && one.path === path)
      const base = waiting?.base ?? seen.get(`${draft} ${path}`) ?? 0
      queue.push({ seq: ++seq, draft, path, value, base, at: new Date().toISOString() })
    },
    async send(most = 100) {
      const batch = queue.slice(0, most)
      if (batch.length === 0) return true
      const reply = await answered(push(batch))
      if (reply?.status !== 200) return false
      const { verdicts } = json<PushReply>(reply)
      for (const [i, operation] of batch.entries()) {
        const verdict = verdicts[i]
        if (verdict?.seq !== operation.seq) throw new Error(`Operation ${operation.seq} was answered by ${JSON.stringify(verdict)}`)
        acknowledged.push({ operation, verdict })
        learn({ operation, verdict })
      }
      queue.splice(0, batch.length)
      return true
    },
    async again() {
      const verdicts: Verdict[] = []
      for (let from = 0; from < acknowledged.length; from += 100) {
        const reply = await push(acknowledged.slice(from, from + 100).map(({ operation }) => operation))
        if (reply.status !== 200) throw new Error(`Sending again: ${reply.status} ${reply.bytes.toString()}`)
        verdicts.push(...json<PushReply>(reply).verdicts)
      }
      return verdicts
    },
    async pull() {
      const reply = await answered(post(line, '/api/sync/pull', { device, client: 1, cursors: {} }))
      return reply?.status === 200 ? json<PullReply>(reply).drafts : null
    },
  }
}

/** Null when no answer came. */
export async function answered(asked: Promise<Reply>): Promise<Reply | null> {
  try {
    return await asked
  } catch (reason) {
    if (reason instanceof Unanswered) return null
    throw reason
  }
}
