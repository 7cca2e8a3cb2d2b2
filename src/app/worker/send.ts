/** What still waits when no page is open: the answers go out from here. Photos wait for the page and its resumable uploads. */
import Dexie from 'dexie'
import { plainCodec } from '../../data/codec'
import { PhoneDatabase } from '../../data/database'
import { alone, answersTurn } from '../../data/lock'
import { pullAll } from '../../data/pull'
import { pushAll } from '../../data/push'
import { newerDatabases } from '../../data/readOnly'
import type { Wire } from '../../data/wire'
import { workerWire, type AnswerWire } from './wire'

/**
 * Sends and fetches for this database, as its account. Does nothing for a guest, for an account that is not the one
 * signed in on this browser, or for a database that is gone, has a PIN, or is newer than this worker. Throws what the
 * wire throws: then the browser tries again by itself.
 */
export async function sendFrom(database: string, wire: AnswerWire = workerWire): Promise<void> {
  if (!(await Dexie.exists(database))) return
  const db = new PhoneDatabase(database)
  try {
    const owner = await db.owner.get('owner')
    if (!owner?.account || newerDatabases.has(database)) return
    // With a PIN the rows are sealed, and only a page has the key: sending is left to it.
    if ((await db.pin.count()) > 0) return
    await alone(answersTurn(database), async () => {
      if ((await wire.whoAmI())?.id !== owner.account) return
      // Sending answers asks the wire for nothing else.
      const answersOnly = wire as Wire
      const home = { db, codec: plainCodec }
      await pushAll(answersOnly, home)
      await pullAll(answersOnly, home)
    })
  } finally {
    db.close()
  }
}
