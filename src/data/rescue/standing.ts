/** What this phone has of the draft that an import meets. */
import type { CheckpointRow, DraftRow, OutboxRow, RegisterRow, VersionRow } from '../database'
import type { Phone } from '../phone'
import type { Standing } from './rule'

export interface Found {
  draft: DraftRow | undefined
  registers: RegisterRow[]
  outbox: OutboxRow[]
  versions: VersionRow[]
  checkpoints: CheckpointRow[]
}

/** In one transaction of its own, or its caller's. */
export function find({ db }: Phone, draft: string): Promise<Found> {
  return db.transaction('r', [db.drafts, db.registers, db.outbox, db.versions, db.checkpoints], async () => ({
    draft: await db.drafts.get(draft),
    registers: await db.registers.where('draft').equals(draft).toArray(),
    outbox: await db.outbox.where('draft').equals(draft).toArray(),
    versions: await db.versions.where('draft').equals(draft).toArray(),
    checkpoints: await db.checkpoints.where('draft').equals(draft).toArray(),
  }))
}

/** Whether nothing was written in between; versions and checkpoints only follow what was. */
export const isUnchanged = (a: Found, b: Found) =>
  JSON.stringify([a.draft, a.registers, a.outbox]) === JSON.stringify([b.draft, b.registers, b.outbox])

/** Path → what stands, opened. */
export async function standingOf({ registers, outbox }: Found, { codec }: Phone): Promise<Map<string, Standing>> {
  const waiting = new Set(outbox.map(({ path }) => path))
  const opened = registers.map(async ({ path, version, payload }): Promise<[string, Standing]> => [
    path,
    { path, version, unsent: version === 0 || waiting.has(path), ...(await codec.open(payload)) },
  ])
  return new Map(await Promise.all(opened))
}

/** Whether an earlier import has decided upon this edit. */
export function takenBefore({ checkpoints }: Found): (path: string, at: string) => boolean {
  const taken = new Set<string>()
  for (const { took } of checkpoints)
    for (const [path, times] of Object.entries(took ?? {})) for (const at of times) taken.add(`${path} ${at}`)
  return (path, at) => taken.has(`${path} ${at}`)
}
