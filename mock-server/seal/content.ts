import type { DraftSeal } from './draftSeal'

/** The canonical JSON of a submission as it is stored. @param number of its receipt */
export const sealContent = (seal: DraftSeal, number: string, text: string): string =>
  seal.sealBytes(number, Buffer.from(text)).toString('base64')

/** The text that the digest was taken of; null where the key was destroyed. */
export const openContent = (seal: DraftSeal, number: string, stored: string): string | null =>
  seal.openBytes(number, Buffer.from(stored, 'base64'))?.toString('utf8') ?? null
