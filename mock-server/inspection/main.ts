/** A process that looks into files, one at a time, and knows nothing else: no database, no network, no secrets. */
import sharp from 'sharp'
import { inspect, type Claim } from '../files/inspect'
import { Refusal } from '../http/refusal'

export interface Order {
  claim: Claim
  bytes: Uint8Array
}
/** Its first message: whatever ends it from now on is the file's doing. */
export interface Ready {
  is: 'ready'
}
export type Finding =
  | { is: 'good' }
  | { is: 'refused'; status: number; code: string; message: string }
  /** The decoder gave up in a way that nobody foresaw. */
  | { is: 'failed' }

// Of all that the library can open, only what is accepted here.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer'] })
sharp.concurrency(1)
sharp.cache(false)

process.on('message', ({ claim, bytes }: Order) => {
  void inspect(claim, Buffer.from(bytes))
    .then((): Finding => ({ is: 'good' }), findingOf)
    .then((finding) => process.send?.(finding))
})
process.on('disconnect', () => process.exit())
process.send?.({ is: 'ready' } satisfies Ready)

function findingOf(reason: unknown): Finding {
  if (!(reason instanceof Refusal)) return { is: 'failed' }
  const { status, code, message } = reason
  return { is: 'refused', status, code, message }
}
