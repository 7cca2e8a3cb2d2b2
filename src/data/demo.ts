/** What only a demonstration has: accounts to try, and a clock that can be moved. */
import type { Award } from '../domain/forms/kinds'
import { refreshServerInfo } from './serverInfo'

export interface Demo {
  samples: { id: string; award: Award; title: string; phone: string; draft: string }[]
  clock: { now: string; moved: boolean }
}

const http = () => import('./httpWire')

/** Throws `Refused` with 404 where this is no demonstration. */
export const readDemo = async () => (await http()).get<Demo>('/demo')

/** Moves the server's clock to an instant, or back to the real one with null. */
export async function moveClock(now: string | null): Promise<void> {
  await (await http()).post('/demo/clock', { now })
  await refreshServerInfo()
}
