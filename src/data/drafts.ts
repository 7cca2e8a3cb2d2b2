/** Several drafts side by side: begin, name, copy, delete and take back. */
import { awardNames, formOf } from '../domain/forms'
import type { Award } from '../domain/forms/kinds'
import { rowOf, type Json } from '../domain/sync'
import { readValues } from './read'
import { write } from './write'

/** Begins a draft; no account, no network. Resolves with its id when it is on disk. */
export async function createDraft(award: Award, call: string): Promise<string> {
  const id = crypto.randomUUID()
  await write(id, [{ path: '$draft', value: { call, award, formVersion: formOf(award).version } }])
  return id
}

/** A second draft with the same answers and photos; the consent and the sealed pages are not copied: they belong to one. */
export async function copyDraft(draft: string): Promise<string> {
  const { noteMoment } = await import('./moments')
  await noteMoment(draft, 'copy')
  const values = await readValues(draft)
  const id = crypto.randomUUID()
  const about = values.get('$draft') as { award: Award }
  const name = values.get('$title') ?? awardNames[about.award]
  const edits = [...values]
    .filter(([path, value]) => value !== null && !path.startsWith('$') && !path.startsWith('sealed'))
    // Of a deleted row nothing is left, not even its photos.
    .filter(([path]) => values.get(rowOf(path) ?? path) !== null)
    .map(([path, value]) => ({ path, value }))
  await write(id, [
    { path: '$draft', value: values.get('$draft') as Json },
    { path: '$title', value: `${String(name)}（副本）` },
    ...edits,
  ])
  return id
}

export const renameDraft = (draft: string, title: string) => write(draft, [{ path: '$title', value: title }])

/** Into the bin; `restoreDraft` takes it back. Nothing is erased. */
export const deleteDraft = (draft: string) => write(draft, [{ path: '$deleted', value: true }])
export const restoreDraft = (draft: string) => write(draft, [{ path: '$deleted', value: null }])

/** Consent to sending sensitive answers of this draft; `version` names the text that was agreed to. */
export async function consent(draft: string, version: string): Promise<void> {
  const given = (await readValues(draft)).get('$consent') as { version?: string } | null | undefined
  // The first time counts: agreeing once more to the same text changes nothing.
  if (given?.version !== version) await write(draft, [{ path: '$consent', value: { version, at: new Date().toISOString() } }])
}
