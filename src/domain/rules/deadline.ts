/** The closing instant: 24:00 of the last day is 0:00 of the next, half-open. The server's clock decides at arrival. */
import type { Call } from '../calls/call'

const MINUTE = 60_000

/** Whether what the server received at this instant (milliseconds) is on time. */
export function isOnTime(receivedMs: number, call: Pick<Call, 'closesAt'>): boolean {
  return receivedMs < Date.parse(call.closesAt)
}

export interface TimeLeft {
  over: boolean
  /** Whole ones, rounded down; all 0 once it is over. */
  days: number
  hours: number
  minutes: number
  /** 还有 3 天 4 小时 */
  words: string
}

/** What is left until the call closes. @param nowMs the server's time, or the phone's corrected by it */
export function timeLeft(nowMs: number, call: Pick<Call, 'closesAt'>): TimeLeft {
  const left = Date.parse(call.closesAt) - nowMs
  if (left <= 0) return { over: true, days: 0, hours: 0, minutes: 0, words: '已经截止' }
  const total = Math.floor(left / MINUTE)
  const days = Math.floor(total / 1440)
  const hours = Math.floor((total % 1440) / 60)
  const minutes = total % 60
  return { over: false, days, hours, minutes, words: wordsFor(days, hours, minutes) }
}

function wordsFor(days: number, hours: number, minutes: number): string {
  if (days > 0) return hours > 0 ? `还有 ${days} 天 ${hours} 小时` : `还有 ${days} 天`
  if (hours > 0) return minutes > 0 ? `还有 ${hours} 小时 ${minutes} 分钟` : `还有 ${hours} 小时`
  return minutes > 0 ? `还有 ${minutes} 分钟` : '还有不到 1 分钟'
}
