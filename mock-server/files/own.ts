import { eq, sql } from 'drizzle-orm'
import type { Queries } from '../db/connect'
import { files } from '../db/schema'
import { Refusal } from '../http/refusal'

export const MAX_FILE_BYTES = 10 * 1024 * 1024
export const MAX_FILES = 200
const MAX_DRAFT_BYTES = 200 * 1024 * 1024

/** @throws Refusal 413 when the draft holds enough files already */
export async function hasRoom(db: Queries, draft: string, more: number): Promise<void> {
  const [held] = await db
    .select({ count: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(bytes), 0)::float8` })
    .from(files)
    .where(eq(files.draft, draft))
  if (held && (held.count >= MAX_FILES || held.bytes + more > MAX_DRAFT_BYTES))
    throw new Refusal(413, 'draft-full', '这份申报的文件太多了（最多 200 个、200 MB），请删去不需要的。')
}
