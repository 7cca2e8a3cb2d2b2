import { eq, sql } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { drafts, files } from '../db/schema'
import { Refusal } from '../http/refusal'

export const MAX_FILE_BYTES = 10 * 1024 * 1024
export const MAX_FILES = 200
const MAX_DRAFT_BYTES = 200 * 1024 * 1024
/** Several drafts and both awards fit many times over. */
const MAX_ACCOUNT = { files: 2000, bytes: 2 * 1024 ** 3 }

const held = { count: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(${files.bytes}), 0)::float8` }

/** @throws Refusal 413 when the draft or its account holds enough files already */
export async function hasRoom(db: Queries, draft: string, owner: string, more: number): Promise<void> {
  const [inDraft] = await db.select(held).from(files).where(eq(files.draft, draft))
  if (inDraft && (inDraft.count >= MAX_FILES || inDraft.bytes + more > MAX_DRAFT_BYTES))
    throw new Refusal(413, 'draft-full', '这份申报的文件太多了（最多 200 个、200 MB），请删去不需要的。')
  const [inAll] = await db.select(held).from(files).innerJoin(drafts, eq(drafts.id, files.draft)).where(eq(drafts.owner, owner))
  if (inAll && (inAll.count >= MAX_ACCOUNT.files || inAll.bytes + more > MAX_ACCOUNT.bytes))
    throw new Refusal(413, 'account-full', '这个账号的文件太多了（最多 2000 个、2 GB），请先删去不需要的。')
}
