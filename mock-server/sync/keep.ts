import { eq, sql } from 'drizzle-orm'
import type { Json, Operation, StoredRegister, Verdict } from '../../src/domain/sync'
import type { Queries } from '../db/connect'
import { conflicts, devices, drafts, history, operations, registers } from '../db/schema'
import { noteIdentity } from '../seal/identities'
import type { MasterKeys } from '../seal/master'
import { withValues } from '../seal/verdicts'
import type { OpenDraft } from './apply'

/** A register as one operation left it. */
export interface Applied {
  draft: string
  register: StoredRegister
}

interface Outcome {
  device: string
  account: string
  /** The device's last sequence number from now on. */
  last: number
  open: ReadonlyMap<string, OpenDraft>
  applied: readonly Applied[]
  fresh: readonly Operation[]
  /** One per fresh operation. */
  verdicts: readonly Verdict[]
  keys: MasterKeys
}

/** Writes what a push came to, in few statements whatever the number of operations. */
export async function keep(tx: Queries, { device, account, last, open, applied, fresh, verdicts, keys }: Outcome): Promise<void> {
  if (fresh.length === 0) return
  const sealed = (draft: string, path: string, value: Json) => open.get(draft)?.seal.seal(path, value) ?? null
  const written = applied.map(({ draft, register: { path, value, version, base, at } }) => ({
    draft,
    path,
    value: sealed(draft, path, value),
    version,
    base,
    device,
    account,
    at: new Date(at),
  }))
  if (written.length > 0) {
    await tx.insert(history).values(written)
    // The last one per path stands: a statement may touch a row only once.
    const standing = [...new Map(written.map((row) => [`${row.draft} ${row.path}`, row])).values()]
    await tx
      .insert(registers)
      .values(standing)
      .onConflictDoUpdate({
        target: [registers.draft, registers.path],
        set: replacing('value', 'version', 'base', 'device', 'account', 'at'),
      })
    for (const { draft, register: { path, value } } of applied) {
      const form = open.get(draft)?.form
      if (form) await noteIdentity(tx, keys, { draft, form, path, value })
    }
  }
  for (const id of new Set(applied.map(({ draft }) => draft)))
    await tx
      .update(drafts)
      .set({ revision: open.get(id)?.revision })
      .where(eq(drafts.id, id))

  const refused = new Map(
    verdicts.flatMap((verdict, i) => {
      const draft = fresh[i]?.draft
      if (verdict.verdict !== 'conflict' || !draft) return []
      const { by: _, at, ...conflict } = verdict.conflict
      const mine = sealed(draft, conflict.path, conflict.mine)
      return [[conflict.id, { ...conflict, mine, draft, device, account, base: fresh[i]?.base ?? 0, at: new Date(at) }] as const]
    }),
  )
  if (refused.size > 0)
    await tx
      .insert(conflicts)
      .values([...refused.values()])
      .onConflictDoUpdate({ target: conflicts.id, set: replacing('mine', 'at', 'against', 'reason') })

  await tx.insert(operations).values(
    fresh.map(({ seq, draft, path, base, at }, i) => {
      const verdict = verdicts[i]
      if (!verdict) throw new Error('An operation without a verdict')
      const kept = withValues(verdict, (at, value) => sealed(draft, at, value))
      return { device, seq, draft, path, base, phoneAt: at, verdict: kept }
    }),
  )
  await tx.update(devices).set({ lastSeq: last }).where(eq(devices.id, device))
}

const replacing = (...columns: string[]) => Object.fromEntries(columns.map((name) => [name, sql.raw(`excluded.${name}`)]))
