import { randomUUID } from 'node:crypto'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { formOf } from '../../src/domain/forms'
import { rowOf, type Json, type Operation, type StoredRegister } from '../../src/domain/sync'
import { maskPhone } from '../account/sessions'
import type { Calls } from '../context'
import type { Queries } from '../db/connect'
import { accounts, conflicts, drafts, registers } from '../db/schema'
import { giveKey, sealsOf, type Seals } from '../seal/draftSeal'
import type { MasterKeys } from '../seal/master'
import { asDraft, valueFault, type OpenDraft } from './apply'

export const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)

/**
 * Locks the drafts that these operations touch, always in the same order, and makes those that a `$draft` register
 * begins. Drafts of other accounts are left out: they don't exist for this one.
 */
export async function openDrafts(
  tx: Queries,
  calls: Calls,
  account: string,
  now: number,
  operations: readonly Operation[],
  keys: MasterKeys,
): Promise<Map<string, OpenDraft>> {
  const ids = [...new Set(operations.map(({ draft }) => draft))].filter(isUuid).sort()
  if (ids.length === 0) return new Map()
  const begun = await begin(
    tx,
    calls,
    account,
    now,
    operations.filter(({ draft }) => isUuid(draft)),
  )
  for (const id of begun) await giveKey(tx, keys, id)
  const rows = await tx
    .select()
    .from(drafts)
    .where(and(inArray(drafts.id, ids), eq(drafts.owner, account), isNull(drafts.erasedAt)))
    .orderBy(asc(drafts.id))
    .for('update')
  const seals = await sealsOf(tx, keys, rows.map(({ id }) => id))
  const open = new Map<string, OpenDraft>()
  for (const { id, call, award, revision } of rows) {
    const seal = seals.get(id)
    if (seal) open.set(id, { id, call, form: formOf(award), revision, registers: new Map(), begun: begun.includes(id), seal })
  }
  const touched = operations.flatMap(({ path }) => [path, rowOf(path) ?? path])
  for (const { draft, register } of await registersOf(tx, seals, [...new Set([...touched, '$consent'])]))
    open.get(draft)?.registers.set(register.path, register)
  return open
}

/** Resolves with the drafts that weren't there before. */
async function begin(tx: Queries, calls: Calls, owner: string, now: number, operations: readonly Operation[]): Promise<string[]> {
  const begun = operations.flatMap(({ path, draft, value }) => {
    const facts = path === '$draft' && valueFault(value) === null ? asDraft(value) : null
    return facts && calls.byId(facts.call) ? [{ id: draft, owner, ...facts, createdAt: new Date(now) }] : []
  })
  begun.sort((a, b) => (a.id < b.id ? -1 : 1))
  if (begun.length === 0) return []
  const rows = await tx.insert(drafts).values(begun).onConflictDoNothing().returning({ id: drafts.id })
  return rows.map(({ id }) => id)
}

/** Registers with their authors' names, in the order of versions, opened. @param paths only these; all when absent */
export async function registersOf(
  tx: Queries,
  seals: Seals,
  paths?: readonly string[],
): Promise<{ draft: string; register: StoredRegister }[]> {
  if (seals.size === 0) return []
  const rows = await tx
    .select({ register: registers, name: accounts.name, phone: accounts.phone })
    .from(registers)
    .innerJoin(accounts, eq(accounts.id, registers.account))
    .where(and(inArray(registers.draft, [...seals.keys()]), paths ? inArray(registers.path, [...paths]) : undefined))
    .orderBy(asc(registers.version))
  return rows.map(({ register: { draft, account: _, at, value, ...rest }, name, phone }) => ({
    draft,
    register: { ...rest, value: opened(seals, draft, rest.path, value), at: at.toISOString(), by: name ?? maskPhone(phone) },
  }))
}

/** A value as it was written. */
export const opened = (seals: Seals, draft: string, path: string, stored: Json | undefined): Json =>
  seals.get(draft)?.open(path, stored ?? null) ?? null

/** Finds the open conflict of a device at a path from one base, so that its later value takes the earlier one's place. */
export async function conflictIds(tx: Queries, device: string, operations: readonly Operation[], ids: readonly string[]) {
  const paths = [...new Set(operations.map(({ path }) => path))]
  const rows =
    ids.length > 0
      ? await tx
          .select({ id: conflicts.id, draft: conflicts.draft, path: conflicts.path, base: conflicts.base })
          .from(conflicts)
          .where(
            and(
              inArray(conflicts.draft, [...ids]),
              inArray(conflicts.path, paths),
              eq(conflicts.device, device),
              isNull(conflicts.closedAt),
            ),
          )
      : []
  const known = new Map(rows.map(({ id, draft, path, base }) => [`${draft} ${path} ${base}`, id]))
  return (draft: string, path: string, base: number): string => {
    const place = `${draft} ${path} ${base}`
    const id = known.get(place) ?? randomUUID()
    known.set(place, id)
    return id
  }
}
