/** What keeps a draft from being submitted; the same rules as on the phone. */
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { SubmissionRefusal } from '../../src/domain/api'
import { assemble } from '../../src/domain/answers'
import type { Call } from '../../src/domain/calls/call'
import { blocksSubmission } from '../../src/domain/conflicts'
import { formOf } from '../../src/domain/forms'
import { problemsOf } from '../../src/domain/forms/problems'
import { isOnTime } from '../../src/domain/rules/deadline'
import { blockingVerdicts } from '../../src/domain/rules/eligibility'
import { canonicalJson, submittedContent, type SubmittedContent } from '../../src/domain/submission'
import type { Queries } from '../db/connect'
import { type drafts, files } from '../db/schema'
import { Refusal } from '../http/refusal'
import type { Seals } from '../seal/draftSeal'
import { openConflicts } from '../sync/pull'
import { registersOf } from '../sync/openDrafts'

const refuse = (code: SubmissionRefusal, message: string, details?: unknown) => new Refusal(409, code, message, details)

/** @param receivedMs arrival by the server's clock. @throws Refusal `late`, `not-open` */
export function onTime(receivedMs: number, call: Call): void {
  if (receivedMs < Date.parse(call.opensAt))
    throw refuse('not-open', '申报还没有开始，内容都已保存，到时再提交。', { opensAt: call.opensAt })
  if (!isOnTime(receivedMs, call))
    throw refuse('late', '申报已经截止，这次没有提交。内容都还在，可以导出保存。', { closesAt: call.closesAt })
}

export interface Checked {
  content: SubmittedContent
  /** Canonical JSON of the content. */
  text: string
  digest: string
}

/** @param draft locked by the caller. @throws Refusal with the first reason against it */
export async function checked(
  tx: Queries,
  draft: typeof drafts.$inferSelect,
  call: Call,
  asked: { revision: number; digest: string },
  seals: Seals,
): Promise<Checked> {
  if (draft.revision !== asked.revision)
    throw refuse('stale', '服务器上的内容和手机上的不一样，请等同步完成，看过再提交。', { revision: draft.revision })
  const form = formOf(draft.award)
  const blocking = ((await openConflicts(tx, seals)).get(draft.id) ?? []).filter(({ path }) => blocksSubmission(form, path))
  if (blocking.length > 0)
    throw refuse('conflicts', '有些内容在两台设备上改得不一样，请先选定一个。', {
      conflicts: blocking.map(({ id, path }) => ({ id, path })),
    })

  const registers = await registersOf(tx, seals)
  const answers = assemble(
    form,
    registers.map(({ register: { path, value } }) => [path, value] as const),
  )
  const problems = problemsOf(form, answers, call).filter(({ severity }) => severity === 'error')
  const verdicts = blockingVerdicts(form, answers, call)
  if (problems.length > 0 || verdicts.length > 0)
    throw refuse('incomplete', '还有内容没有填好，请按提示补齐再提交。', { problems, verdicts })

  const content = submittedContent(form, draft.call, answers)
  const held = new Map((await tx.select().from(files).where(eq(files.draft, draft.id))).map((row) => [row.sha256, row]))
  const missing = content.files.filter(
    ({ sha256, bytes, type }) => held.get(sha256)?.bytes !== bytes || held.get(sha256)?.type !== type,
  )
  if (missing.length > 0)
    throw refuse('files-missing', `还有 ${missing.length} 个文件没有传到服务器，请等上传完成再提交。`, {
      missing: missing.map(({ sha256 }) => sha256),
    })

  const text = canonicalJson(content)
  const digest = createHash('sha256').update(text).digest('hex')
  if (digest !== asked.digest) throw refuse('digest-differs', '手机和服务器上的内容没有对上，请同步后再试。', { digest })
  return { content, text, digest }
}
