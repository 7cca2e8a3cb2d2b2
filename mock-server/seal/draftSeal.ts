/**
 * Sensitive values as they stand in the tables: `{ "sealed": base64 }` under the key of their draft, bound to draft and
 * path. Whether a value is sealed follows from its path alone, never from its looks.
 */
import { randomBytes } from 'node:crypto'
import { eq, inArray } from 'drizzle-orm'
import { formOf } from '../../src/domain/forms'
import type { Form } from '../../src/domain/forms/kinds'
import { isSealed, type Json } from '../../src/domain/sync'
import type { Queries } from '../db/connect'
import { draftKeys, drafts } from '../db/schema'
import { openBytes, sealBytes } from './cipher'
import type { MasterKeys } from './master'

export interface DraftSeal {
  readonly form: Form
  /** As it is to be stored. Nothing (null) stays nothing. @throws where the draft has no key */
  seal(path: string, value: Json): Json
  /** As it was written; null where the key was destroyed. @throws where somebody changed what is stored */
  open(path: string, stored: Json): Json
  sealBytes(name: string, bytes: Buffer): Buffer
  /** Null where the key was destroyed. */
  openBytes(name: string, stored: Buffer): Buffer | null
}
export type Seals = ReadonlyMap<string, DraftSeal>

/** The seals of these drafts. One that has no key yet opens what stands plain, and seals nothing. */
export async function sealsOf(tx: Queries, keys: MasterKeys, ids: readonly string[]): Promise<Seals> {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: drafts.id, award: drafts.award, kept: draftKeys })
    .from(drafts)
    .leftJoin(draftKeys, eq(draftKeys.draft, drafts.id))
    .where(inArray(drafts.id, [...ids]))
  return new Map(rows.map(({ id, award, kept }) => [id, sealUnder(kept?.key ? unwrapped(keys, kept) : null, id, formOf(award))]))
}

/** @throws where there is no such draft */
export async function sealOf(tx: Queries, keys: MasterKeys, draft: string): Promise<DraftSeal> {
  const seal = (await sealsOf(tx, keys, [draft])).get(draft)
  if (!seal) throw new Error('No such draft to seal')
  return seal
}

/** A key for a draft that has none; one that was destroyed stays destroyed. */
export async function giveKey(tx: Queries, { current }: MasterKeys, draft: string): Promise<void> {
  const key = wrapped({ current }, draft, randomBytes(32))
  await tx.insert(draftKeys).values({ draft, key, master: current.id }).onConflictDoNothing()
}

export function sealUnder(key: Buffer | null, draft: string, form: Form): DraftSeal {
  const place = (name: string) => `${draft} ${name}`
  const sealing = (name: string, bytes: Buffer) => {
    if (!key) throw new Error('This draft has no key')
    return sealBytes(key, bytes, place(name))
  }
  const opening = (name: string, stored: Buffer) => key && openBytes(key, stored, place(name))
  return {
    form,
    sealBytes: sealing,
    openBytes: opening,
    seal: (path, value) => {
      if (value === null || !isSealed(form, path)) return value
      return { sealed: sealing(path, Buffer.from(JSON.stringify(value))).toString('base64') }
    },
    open: (path, stored) => {
      const text = isSealed(form, path) ? sealedIn(stored) : null
      if (text === null) return stored
      const opened = opening(path, Buffer.from(text, 'base64'))
      return opened && (JSON.parse(opened.toString('utf8')) as Json)
    },
  }
}

/** Null for what stands plain: written by a server from before sealing. */
function sealedIn(stored: Json): string | null {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return null
  return typeof stored.sealed === 'string' && Object.keys(stored).length === 1 ? stored.sealed : null
}

type Kept = Pick<typeof draftKeys.$inferSelect, 'draft' | 'key' | 'master'>
const about = (draft: string) => `key of ${draft}`

export function wrapped({ current }: Pick<MasterKeys, 'current'>, draft: string, key: Buffer): string {
  return sealBytes(current.wrapping, key, about(draft)).toString('base64')
}

/** @throws where no master key of this id is at hand */
export function unwrapped({ current, earlier }: MasterKeys, { draft, key, master }: Kept): Buffer | null {
  if (key === null) return null
  const over = [current, ...earlier].find(({ id }) => id === master)
  if (!over) throw new Error(`A draft's key is sealed under a master key that isn't here: ${master}`)
  return openBytes(over.wrapping, Buffer.from(key, 'base64'), about(draft))
}
