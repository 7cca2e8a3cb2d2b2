/** What was printed last, and which print a sealed scan belongs to. */
import { printStamp, type PrintStamp } from '../domain/seal'
import type { Material } from '../domain/forms/kinds'
import { readDraft, readValues, type DraftView } from './read'
import { sha256 } from './submit'
import { write } from './write'

/** Fields whose scans come back sealed. */
export const sealedSlots = ['sealedAnnex', 'sealedReport', 'sealedDossier'] as const

export const stampOf = ({ form, callId }: DraftView, answers: DraftView['answers']) => printStamp(form, callId, answers, sha256)

/** Remembers the print that is being made; the same on every device. */
export async function notePrint(draft: string, { code, fields }: PrintStamp): Promise<void> {
  const before = (await readValues(draft)).get('$print') as PrintStamp | null | undefined
  if (before?.code !== code) await write(draft, [{ path: '$print', value: { code, fields } }])
}

/** Binds a scan that was just taken to the latest print, or to the answers of now where nothing was printed here. */
export async function bindScan(draft: string, slot: string, material: string): Promise<void> {
  const view = await readDraft(draft)
  if (!view) return
  const noted = (await readValues(draft)).get('$print') as unknown as PrintStamp | null | undefined
  const { code, fields } = noted ?? (await stampOf(view, view.answers))
  await write(draft, [{ path: `${slot}/${material}/printed`, value: { code, fields } }])
}

/** The print that the sealed scans of a draft belong to; the newest where they differ, null without scans. */
export function sealedPrint(answers: DraftView['answers']): PrintStamp | null {
  const scans = sealedSlots.flatMap((slot) => (answers[slot] as Material[] | undefined) ?? [])
  return scans.filter(({ printed }) => printed !== undefined).at(-1)?.printed ?? null
}
