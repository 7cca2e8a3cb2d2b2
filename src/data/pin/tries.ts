/** Wrong PINs: counted on disk before each is looked at, so that neither reloading nor a second tab gives more of them. */
import { MOST_TRIES, waitAfter } from '../../domain/rules/pin'
import type { PhoneDatabase, PinRow } from '../database'

export type Turn =
  | { may: 'try'; row: PinRow }
  /** ms until the next try */
  | { may: 'wait'; left: number }
  | { may: 'sign-in' }

/** Takes one try. @param now ms, the phone's clock: one that was set back begins the wait anew, and makes none longer */
export function takeTry(db: PhoneDatabase, now: number): Promise<Turn> {
  return db.transaction('rw', db.pin, async () => {
    const turn = await nextTurn(db, now)
    if (turn.may === 'try') await db.pin.update('pin', { tries: turn.row.tries + 1, lastTry: now })
    return turn
  })
}

/** What may be done now; where the PIN has just been taken away, nothing is left to try. */
export async function nextTurn(db: PhoneDatabase, now: number): Promise<Turn> {
  const row = await db.pin.get('pin')
  if (!row || row.tries >= MOST_TRIES) return { may: 'sign-in' }
  if (now < row.lastTry) await db.pin.update('pin', { lastTry: now })
  const left = Math.min(row.lastTry, now) + waitAfter(row.tries) - now
  return left > 0 ? { may: 'wait', left } : { may: 'try', row }
}
