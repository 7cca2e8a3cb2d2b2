/**
 * Seals every payload of a database, or opens them again: table by table, in portions, each in a transaction of its own.
 * A payload tells by itself which it is, so that a kill or a full disk in the middle leaves everything readable, and the
 * next run goes on with what is left.
 */
import type { IndexableType } from 'dexie'
import { shallowRef } from 'vue'
import { isSealed, type Codec } from '../codec'
import type { OutboxRow, PhoneDatabase } from '../database'
import { alone, answersTurn } from '../lock'
import { onceMore } from '../reconnect'

/** How far it is, from 0 to 1; null while nothing is being moved. */
export const moved = shallowRef<number | null>(null)

type Row = { payload: object } & Pick<OutboxRow, 'stands'>

/** What is large one by one. */
const portionOf = (table: string) => (table === 'files' ? 1 : table === 'thumbnails' ? 20 : 100)

/**
 * Until none is left. Nobody sends meanwhile: what is compared there is the payload as it stands.
 * Throws what IndexedDB throws (a full disk: QuotaExceededError).
 * @param codec as it will be from now on: `open` reads both, `seal` gives what is wanted
 */
export function moveAll(db: PhoneDatabase, codec: Codec, to: 'in' | 'out'): Promise<void> {
  const fits = (payload: object) => isSealed(payload) === (to === 'in')
  return alone(answersTurn(db.name), async () => {
    try {
      while ((await pass(db, codec, fits)) > 0);
    } finally {
      moved.value = null
    }
  })
}

/** Once through all tables; resolves with how many rows were not as wanted. */
async function pass(db: PhoneDatabase, codec: Codec, fits: (payload: object) => boolean): Promise<number> {
  const tables = db.tables.filter(({ name }) => name !== 'pin' && name !== 'checkpoints')
  const keys = await Promise.all(tables.map((table) => table.toCollection().primaryKeys() as PromiseLike<IndexableType[]>))
  const all = keys.reduce((sum, { length }) => sum + length, 0)
  let [seen, found] = [0, 0]
  for (const [i, { name }] of tables.entries()) {
    const wanted = keys[i] ?? []
    for (let at = 0; at < wanted.length; at += portionOf(name)) {
      const some = wanted.slice(at, at + portionOf(name))
      const once = () => movePortion(db, name, some, codec, fits)
      found += await once().catch((reason: unknown) => onceMore(db, reason, once))
      moved.value = (seen += some.length) / all
    }
  }
  return found
}

async function movePortion(db: PhoneDatabase, name: string, keys: IndexableType[], codec: Codec, fits: (payload: object) => boolean): Promise<number> {
  const table = db.table<Row>(name)
  const isDone = ({ payload, stands }: Row) => fits(payload) && (!stands || fits(stands.payload))
  const rows = await table.bulkGet(keys)
  const old = rows.flatMap((row, i) => (row && !isDone(row) ? [{ key: keys[i] as IndexableType, row }] : []))
  if (old.length === 0) return 0
  const next = await Promise.all(
    old.map(async ({ row: { payload, stands } }) => ({
      payload: await codec.seal(await codec.open(payload)),
      ...(stands ? { stands: { ...stands, payload: await codec.seal(await codec.open(stands.payload)) } } : {}),
    })),
  )
  await db.transaction('rw', table, async () => {
    const now = await table.bulkGet(old.map(({ key }) => key))
    // What was written meanwhile stands as it is; the next pass looks at it.
    const puts = now.flatMap((row, i) => (row && isSame(row, old[i]?.row) ? [{ ...row, ...next[i] }] : []))
    await table.bulkPut(puts as Row[])
  })
  return old.length
}

const isSame = (a: Row, b: Row | undefined) => JSON.stringify([a.payload, a.stands]) === JSON.stringify([b?.payload, b?.stands])
