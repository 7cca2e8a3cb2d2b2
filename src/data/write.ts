/** The one way to change a draft: each edit and its delivery are one transaction. */
import type { FileFacts } from '../domain/forms/kinds'
import type { Json } from '../domain/sync'
import type { DraftRow, OutboxRow, RegisterRow } from './database'
import { ownerOf, phone } from './phone'
import { changed } from './wake'

export interface Edit {
  path: string
  value: Json
}

/**
 * Writes edits of one draft and their operations, strictly durable: when it resolves, they survive a kill.
 * Nothing is validated. Throws what IndexedDB throws (a full disk: QuotaExceededError); then nothing was written.
 */
export async function write(draft: string, edits: readonly Edit[]): Promise<void> {
  if (edits.length === 0) return
  const { db, codec } = phone()
  const at = new Date().toISOString()
  const owner = await ownerOf(db)
  const { name: by } = await codec.open(owner.payload)
  const sealed = await Promise.all(
    edits.map(async ({ path, value }) => ({
      path,
      register: await codec.seal({ value, by, at }),
      operation: await codec.seal({ value, at }),
    })),
  )
  const first = await codec.seal<DraftRow['payload'] & object>({})
  await db.transaction('rw', [db.drafts, db.registers, db.outbox, db.uploads], async () => {
    if ((await db.drafts.update(draft, { changedAt: Date.parse(at) })) === 0 && !(await db.drafts.get(draft)))
      await db.drafts.add({ id: draft, revision: 0, changedAt: Date.parse(at), payload: first })
    for (const { path, value } of edits) if (path.endsWith('/file') && value) await expectUpload(draft, value as unknown as FileFacts)
    for (const { path, register, operation } of sealed) {
      const before = await db.registers.get([draft, path])
      await db.registers.put({ draft, path, version: before?.version ?? 0, payload: register })
      await enqueue(draft, path, before, operation)
    }
  })
  changed()
}

/** An operation that was never sent takes the new value; one on its way is followed by another with the same base. */
async function enqueue(draft: string, path: string, before: RegisterRow | undefined, payload: OutboxRow['payload']): Promise<void> {
  const { db } = phone()
  const pending = await db.outbox.where('[draft+path]').equals([draft, path]).toArray()
  const last = pending.filter((row) => row.state === 'waiting').at(-1)
  for (const row of pending) if (row.state === 'refused' && row.id !== undefined) await db.outbox.delete(row.id)
  if (last?.id !== undefined && last.seq === null) await db.outbox.update(last.id, { payload })
  else await db.outbox.add({ draft, path, base: last?.base ?? before?.version ?? 0, seq: null, state: 'waiting', payload })
}

/** A file that a draft refers to is a delivery of its own, in the same transaction. */
async function expectUpload(draft: string, { sha256, bytes }: FileFacts): Promise<void> {
  const { db } = phone()
  if (!(await db.uploads.get([draft, sha256])))
    await db.uploads.add({ draft, sha256, bytes, state: 'waiting', sent: 0, payload: {} })
}
