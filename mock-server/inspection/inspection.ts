/** Files are looked into one after the other, in a process apart: a decoder's bug must not be the server's. */
import type { Claim } from '../files/inspect'
import { Refusal } from '../http/refusal'
import { Helper } from './helper'

export type Look = (claim: Claim, bytes: Uint8Array) => Promise<void>
export interface Inspection {
  /**
   * Waits for a turn, and only then does the work: whoever waits holds no file in memory.
   * @throws Refusal 503 when too many wait, or no process comes up: no file is called broken for the server's fault
   */
  inTurn<T>(work: (look: Look) => Promise<T>): Promise<T>
  stop(): void
}

/** Seconds of work; more would only time out on the phones. */
const MOST_WAITING = 40

/** @param start makes a process; it is started with the first file, and anew when it has ended */
export function inspectionApart(start: () => Helper = () => new Helper()): Inspection {
  let helper: Helper | null = null
  let stopped = false
  let waiting = 0
  let before: Promise<unknown> = Promise.resolve()

  async function look(claim: Claim, bytes: Uint8Array): Promise<void> {
    // Once more in a fresh process: the first one may have ended for another reason.
    for (let tries = 0; tries < 2; tries++) {
      if (stopped) throw busy()
      if (!helper || helper.gone) helper = start()
      if (!(await helper.ready)) throw cannotLook()
      const finding = await helper.look({ claim, bytes })
      if (finding?.is === 'good') return
      if (finding?.is === 'refused') throw new Refusal(finding.status, finding.code, finding.message)
      if (finding) break
    }
    if (stopped) throw busy()
    throw new Refusal(422, 'undecodable', '文件打不开，可能已损坏或者太复杂，请重新拍照或导出。')
  }

  return {
    inTurn: (work) => {
      if (stopped || waiting >= MOST_WAITING) return Promise.reject(busy())
      waiting += 1
      const turn = before.then(() => work(look)).finally(() => (waiting -= 1))
      before = turn.catch(() => undefined)
      return turn
    },
    stop: () => {
      stopped = true
      helper?.end()
    },
  }
}

const cannotLook = () => new Refusal(503, 'busy', '服务器现在没法检查文件，文件稍后会自动再传。', undefined, 30)
const busy = () => new Refusal(503, 'busy', '现在上传的人多，文件稍后会自动再传。', undefined, 5)
