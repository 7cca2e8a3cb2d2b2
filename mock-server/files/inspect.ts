import { Refusal } from '../http/refusal'
import type { AcceptedType } from './accepted'
import { inspectJpeg } from './jpeg'
import { inspectPdf } from './pdf'

/** What a file claims to be; a preview is a small JPEG. */
export type Claim = AcceptedType | 'preview'

/** Pixels; phones make previews of 320. */
const MAX_PREVIEW_SIDE = 400

const inspectors: Record<Claim, (bytes: Buffer) => Promise<unknown>> = {
  'image/jpeg': inspectJpeg,
  'application/pdf': inspectPdf,
  preview: async (bytes) => {
    if ((await inspectJpeg(bytes)) > MAX_PREVIEW_SIDE) throw previewTooLarge()
  },
}

/**
 * Looks into a file as what it claims to be; never changes it. Decoders have bugs: the server calls this only by way of
 * a process of its own (inspection/). @throws Refusal 413, 415 or 422
 */
export async function inspect(claim: Claim, bytes: Buffer): Promise<void> {
  await inspectors[claim](bytes)
}

const previewTooLarge = () => new Refusal(413, 'too-large', '小图太大了。')
