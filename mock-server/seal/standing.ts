/** Drafts from before sealing, or under an earlier master key: brought up to date at the start, one by one. */
import { and, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Json } from '../../src/domain/sync'
import { aboutKey, phoneKeySeal } from '../account/phoneKeys'
import { factorSeal } from '../account/secondFactor'
import type { Database, Queries } from '../db/connect'
import { conflicts, devices, draftKeys, drafts, history, operations, phoneKeys, previews, registers, secondFactors, submissions } from '../db/schema'
import { sealContent } from './content'
import { giveKey, sealOf, unwrapped, wrapped, type DraftSeal } from './draftSeal'
import { noteIdentity } from './identities'
import type { MasterKeys } from './master'
import type { ServerSeal } from './secret'
import { withValues } from './verdicts'

const PORTION = 100

/**
 * Seals what stands plain and moves drafts' keys under the current master key. Each draft is one transaction: a killed
 * start goes on at the next one, and instances that start together share the work.
 * @throws with a sentence for the operator when something is sealed under a master key that isn't here
 */
export async function bringUpToDate(db: Database, keys: MasterKeys): Promise<void> {
  await assertKnown(db, keys)
  await bringKeys(db, keys)
  const behind = or(isNull(draftKeys.draft), and(isNotNull(draftKeys.key), ne(draftKeys.master, keys.current.id)))
  for (;;) {
    const ids = await db.select({ id: drafts.id }).from(drafts).leftJoin(draftKeys, eq(draftKeys.draft, drafts.id)).where(behind).limit(PORTION)
    if (ids.length === 0) return
    for (const { id } of ids) await db.transaction((tx) => bringDraft(tx, keys, id))
  }
}

/** What accounts have left here sealed: keys of their phones, second factors. */
async function bringKeys(db: Database, keys: MasterKeys): Promise<void> {
  if (keys.earlier.length === 0) return
  const [phones, factors] = [phoneKeySeal(keys), factorSeal(keys)]
  for (const { id, account, sealed } of await db.select().from(phoneKeys)) {
    const about = aboutKey(id, account)
    const anew = again(phones, sealed, about)
    if (anew) await db.update(phoneKeys).set({ sealed: anew }).where(and(eq(phoneKeys.id, id), eq(phoneKeys.sealed, sealed)))
  }
  for (const { account, secret } of await db.select().from(secondFactors)) {
    const anew = again(factors, secret, account)
    const same = and(eq(secondFactors.account, account), eq(secondFactors.secret, secret))
    if (anew) await db.update(secondFactors).set({ secret: anew }).where(same)
  }
}

/** Null where the current master key opens it already, or none does. */
function again(seal: ServerSeal, sealed: Buffer, about: string): Buffer | null {
  if (seal.isCurrent(sealed, about)) return null
  const plain = seal.open(sealed, about)
  return plain && seal.seal(plain, about)
}

/** One draft, which stays locked until the transaction ends. */
export async function bringDraft(tx: Queries, keys: MasterKeys, id: string): Promise<void> {
  const [draft] = await tx.select().from(drafts).where(eq(drafts.id, id)).for('update')
  if (!draft) return
  const [kept] = await tx.select().from(draftKeys).where(eq(draftKeys.draft, id))
  if (!kept) {
    await giveKey(tx, keys, id)
    if (draft.revision > 0) await sealStanding(tx, await sealOf(tx, keys, id), draft)
  } else if (kept.key && kept.master !== keys.current.id) {
    const key = unwrapped(keys, kept)
    if (key) await tx.update(draftKeys).set({ key: wrapped(keys, id, key), master: keys.current.id }).where(eq(draftKeys.draft, id))
  } else return
  const seal = await sealOf(tx, keys, id)
  for (const { path, value } of await tx.select().from(registers).where(eq(registers.draft, id)))
    await noteIdentity(tx, keys, { draft: id, form: seal.form, path, value: readable(seal, path, value ?? null) })
}

/** A value that somebody tampered with is no reason not to start: whoever reads it hears of it. */
function readable(seal: DraftSeal, path: string, stored: Json): Json {
  try {
    return seal.open(path, stored)
  } catch {
    return null
  }
}

async function sealStanding(tx: Queries, of: DraftSeal, { id, owner }: typeof drafts.$inferSelect): Promise<void> {
  const { seal, sealBytes } = of
  for (const table of [registers, history]) {
    for (const { path, version, value } of await tx.select().from(table).where(eq(table.draft, id))) {
      const sealed = seal(path, value ?? null)
      if (sealed === (value ?? null)) continue
      await tx.update(table).set({ value: sealed }).where(and(eq(table.draft, id), eq(table.version, version), eq(table.path, path)))
    }
  }
  for (const { id: conflict, path, mine } of await tx.select().from(conflicts).where(eq(conflicts.draft, id)))
    await tx.update(conflicts).set({ mine: seal(path, mine ?? null) }).where(eq(conflicts.id, conflict))
  const own = tx.select({ id: devices.id }).from(devices).where(eq(devices.account, owner))
  const told = and(inArray(operations.device, own), eq(operations.draft, id), sql`${operations.verdict}->>'verdict' <> 'applied'`)
  for (const { device, seq, verdict } of await tx.select().from(operations).where(told))
    await tx
      .update(operations)
      .set({ verdict: withValues(verdict, seal) })
      .where(and(eq(operations.device, device), eq(operations.seq, seq)))
  for (const { sha256, bytes } of await tx.select().from(previews).where(eq(previews.draft, id)))
    await tx
      .update(previews)
      .set({ bytes: sealBytes(sha256, bytes) })
      .where(and(eq(previews.draft, id), eq(previews.sha256, sha256)))
  for (const { number, content } of await tx.select().from(submissions).where(eq(submissions.draft, id)))
    await tx
      .update(submissions)
      .set({ content: sealContent(of, number, content) })
      .where(eq(submissions.number, number))
}

async function assertKnown(db: Queries, { current, earlier }: MasterKeys): Promise<void> {
  const known = new Set([current, ...earlier].map(({ id }) => id))
  const rows = await db.select({ master: draftKeys.master }).from(draftKeys).where(isNotNull(draftKeys.key)).groupBy(draftKeys.master)
  const strange = rows.filter(({ master }) => !known.has(master))
  if (strange.length > 0)
    throw new Error(
      `数据库里的内容是用另一把主密钥封存的（编号 ${strange.map(({ master }) => master).join('、')}）。请把原来的主密钥放进 MASTER_KEY，换过密钥的放进 MASTER_KEY_BEFORE。`,
    )
}
