import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { HistoryPage } from '../../src/domain/history'
import { maskPhone } from '../account/sessions'
import type { Queries } from '../db/connect'
import { accounts, history } from '../db/schema'
import type { DraftSeal } from '../seal/draftSeal'

/** Characters of values in one page; a single larger value comes alone. */
const MAX_PAGE = 512 * 1024

interface Asked {
  path?: string | undefined
  /** Only versions before this one. */
  before?: number | undefined
  limit: number
}

/** Every value that ever stood in a draft, or at one path of it, latest first. The caller has checked whose draft it is. */
export async function historyOf(db: Queries, { open }: DraftSeal, draft: string, { path, before, limit }: Asked): Promise<HistoryPage> {
  const asked = and(
    eq(history.draft, draft),
    path === undefined ? undefined : eq(history.path, path),
    before === undefined ? undefined : lt(history.version, before),
  )
  // How far the page reaches is known before any value is read.
  const sizes = await db
    .select({ version: history.version, size: sql<number>`coalesce(length(${history.value}::text), 0)` })
    .from(history)
    .where(asked)
    .orderBy(desc(history.version))
    .limit(limit + 1)
  let size = 0
  const fitting = sizes.slice(0, limit).filter((row, i) => (size += row.size) <= MAX_PAGE || i === 0)
  const last = fitting.at(-1)
  if (!last) return { versions: [], more: false }
  const rows = await db
    .select({ row: history, name: accounts.name, phone: accounts.phone })
    .from(history)
    .innerJoin(accounts, eq(accounts.id, history.account))
    .where(and(asked, gte(history.version, last.version)))
    .orderBy(desc(history.version))
  return {
    versions: rows.map(({ row: { path: at, value, version, at: when }, name, phone }) => ({
      path: at,
      value: open(at, value ?? null),
      version,
      by: name ?? maskPhone(phone),
      at: when.toISOString(),
    })),
    more: fitting.length < sizes.length,
  }
}
