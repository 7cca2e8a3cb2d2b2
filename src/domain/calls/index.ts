import { call2021 } from './2021'
import type { Call } from './call'
import { demonstrationById, demonstrationCall } from './demonstration'

/** The call to apply in. A clock that was set by hand means the notice itself, open or not; else a demonstration. */
export function callAt(nowMs: number, { fixedClock }: { fixedClock: boolean }): Call {
  return fixedClock ? call2021 : demonstrationCall(call2021, nowMs)
}

/** A call by the id that a draft carries, also long after it closed; null when there is none. */
export function callById(id: string): Call | null {
  return id === call2021.id ? call2021 : demonstrationById(call2021, id)
}
