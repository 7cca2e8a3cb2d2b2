import { asc, desc, eq } from 'drizzle-orm'
import type { Context } from '../context'
import type { Queries } from '../db/connect'
import { accounts, conflicts, devices, drafts, files, roles, sessions, submissions } from '../db/schema'
import { openContent } from '../seal/content'
import { sealOf, sealsOf } from '../seal/draftSeal'
import { historyOf } from '../sync/history'
import { opened, registersOf } from '../sync/openDrafts'

const PAGE = 500

/**
 * Everything that is kept about an account, as the text of one JSON document (个人信息保护法 45), piece by piece: a past
 * of thousands of values must not stand in memory at once. Numbers are in full: they are its owner's own.
 */
export async function* exportOf({ db, keys, time }: Context, account: string): AsyncGenerator<string> {
  const [row] = await db.select().from(accounts).where(eq(accounts.id, account))
  const own = await db.select().from(drafts).where(eq(drafts.owner, account)).orderBy(asc(drafts.createdAt), asc(drafts.id))
  const { id, phone, name, createdAt } = row ?? {}
  const phones = await db.select({ id: devices.id, operations: devices.lastSeq }).from(devices).where(eq(devices.account, account))
  const signedIn = await db
    .select({ device: sessions.device, since: sessions.createdAt, seenAt: sessions.seenAt })
    .from(sessions)
    .where(eq(sessions.account, account))
  const granted = await db
    .select({ role: roles.role, body: roles.body, at: roles.at, revokedAt: roles.revokedAt })
    .from(roles)
    .where(eq(roles.account, account))
  const exportedAt = new Date(time.now()).toISOString()
  const about = { exportedAt, account: { id, phone, name, createdAt }, devices: phones, sessions: signedIn, roles: granted }
  yield `${JSON.stringify(about).slice(0, -1)},"drafts":[`
  for (const [i, draft] of own.entries()) {
    yield `${i > 0 ? ',' : ''}${JSON.stringify(await contentOf(db, keys, draft)).slice(0, -1)},"history":[`
    yield* historyText(db, keys, draft.id)
    yield ']}'
  }
  yield ']}'
}

async function contentOf(db: Queries, keys: Context['keys'], draft: typeof drafts.$inferSelect) {
  const seals = await sealsOf(db, keys, [draft.id])
  const seal = await sealOf(db, keys, draft.id)
  const registers = await registersOf(db, seals)
  const refused = await db.select().from(conflicts).where(eq(conflicts.draft, draft.id)).orderBy(asc(conflicts.at))
  const own = await db.select().from(files).where(eq(files.draft, draft.id))
  const submitted = await db.select().from(submissions).where(eq(submissions.draft, draft.id)).orderBy(desc(submissions.id))
  return {
    ...draft,
    answers: registers.map(({ register: { path, value, version, by, at } }) => ({ path, value, version, by, at })),
    conflicts: refused.map(({ id, path, mine, at, closedAt }) => ({ id, path, value: opened(seals, draft.id, path, mine), at, closedAt })),
    files: own.map(({ sha256, type, bytes }) => ({ sha256, type, bytes, address: `/api/drafts/${draft.id}/files/${sha256}` })),
    submissions: submitted.map(({ number, state, receipt, content }) => ({
      state,
      receipt,
      content: JSON.parse(openContent(seal, number, content) ?? 'null') as unknown,
    })),
  }
}

async function* historyText(db: Queries, keys: Context['keys'], draft: string): AsyncGenerator<string> {
  const seal = await sealOf(db, keys, draft)
  let before: number | undefined
  for (;;) {
    const { versions, more } = await historyOf(db, seal, draft, { before, limit: PAGE })
    const text = versions.map((one) => JSON.stringify(one)).join(',')
    if (text) yield before === undefined ? text : `,${text}`
    before = versions.at(-1)?.version
    if (!more || before === undefined) return
  }
}
