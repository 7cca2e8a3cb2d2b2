/** Work that has been on this phone only for too long: a phone can be lost, and some browsers clear up. */
import { phone } from './phone'
import { readDrafts } from './read'

/** ms */
const LONG = 24 * 60 * 60 * 1000

export interface OldUnsent {
  drafts: number
  /** ISO instant, the phone's clock: the oldest of it. */
  since: string
}

/** What was written more than a day before `now` and has not reached the server; null where there is nothing such. */
export async function readOldUnsent(now: number): Promise<OldUnsent | null> {
  const open = (await readDrafts()).filter(({ deleted }) => !deleted).map(({ id }) => id)
  const { db, codec } = phone()
  const operations = await db.outbox.where('draft').anyOf(open).filter(({ state }) => state !== 'parked').toArray()
  const uploads = (await db.uploads.where('draft').anyOf(open).toArray()).filter(({ state }) => state !== 'confirmed')
  const waiting = new Set(uploads.map(({ draft, sha256 }) => `${draft} ${sha256}`))
  const files = waiting.size > 0 ? await db.registers.where('draft').anyOf(open).filter(({ path }) => path.endsWith('/file')).toArray() : []
  const times: { draft: string; at: string }[] = await Promise.all(
    operations.map(async ({ draft, payload }) => ({ draft, at: (await codec.open(payload)).at })),
  )
  for (const { draft, payload } of files) {
    const { value, at } = await codec.open(payload)
    const sha256 = (value as { sha256?: string } | null)?.sha256
    if (sha256 && waiting.has(`${draft} ${sha256}`)) times.push({ draft, at })
  }
  const old = times.filter(({ at }) => now - Date.parse(at) > LONG)
  const [since] = old.map(({ at }) => at).sort()
  return since ? { drafts: new Set(old.map(({ draft }) => draft)).size, since } : null
}
