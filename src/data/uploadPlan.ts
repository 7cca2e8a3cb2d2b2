/** What is still to be sent, how long that takes on this line, and whether it is done before the closing date. */
import { computed, type ComputedRef } from 'vue'
import { lineRate } from './lineSpeed'
import { useLive } from './live'
import { meteredChoice, meteredLine, mustWait } from './metered'
import { phone } from './phone'
import { serverNow } from './serverInfo'
import { waitingFiles } from './waitingFiles'

export interface UploadPlan {
  /** Bytes that the server doesn't have yet. */
  bytesLeft: number
  /** null before anything was measured. */
  minutes: number | null
  /** Whether the closing instant is met at this speed; null where that can't be said, or it has passed. */
  inTime: boolean | null
}

interface Measured {
  bytesLeft: number
  /** Bytes per second; null: not measured. */
  rate: number | null
  /** ms, the server's clock. */
  now: number
  /** ms; null: there is nothing to be in time for. */
  closesAt: number | null
}

/** How long the rest takes at this rate, and whether that is soon enough. */
export function planOf({ bytesLeft, rate, now, closesAt }: Measured): UploadPlan {
  if (!rate || rate <= 0) return { bytesLeft, minutes: null, inTime: null }
  const ms = (bytesLeft / rate) * 1000
  return { bytesLeft, minutes: ms / 60_000, inTime: closesAt === null || now >= closesAt ? null : now + ms < closesAt }
}

/** What a screen shows of it; null while nothing waits, or for a guest, whose files go nowhere. */
export interface UploadOutlook extends UploadPlan {
  /** A metered line: its user has to say so first, or has put it off. */
  question: 'ask' | 'later' | null
}

/** @param draft only this one's files; without it, those of all drafts */
export function useUploadPlan(closesAt: () => string | undefined, draft?: () => string): ComputedRef<UploadOutlook | null> {
  const { value: bytesLeft } = useLive(() => bytesWaiting(draft?.()), 0, () => draft?.())
  return computed(() => {
    if (bytesLeft.value === 0) return null
    const closing = closesAt()
    const closes = closing ? Date.parse(closing) : null
    const plan = planOf({ bytesLeft: bytesLeft.value, rate: lineRate(), now: serverNow(), closesAt: closes })
    const held = meteredLine() && mustWait(bytesLeft.value)
    return { ...plan, question: held ? (meteredChoice() === 'later' ? 'later' : 'ask') : null }
  })
}

async function bytesWaiting(draft: string | undefined): Promise<number> {
  const home = phone()
  if (!(await home.db.owner.get('owner'))?.account) return 0
  return (await waitingFiles(home, draft)).reduce((sum, { bytes, sent }) => sum + Math.max(0, bytes - sent), 0)
}
