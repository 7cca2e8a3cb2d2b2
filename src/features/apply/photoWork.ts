/** What can be done to a kept photo; each makes another file under the same material. */
import type { Material, PhotosField } from '../../domain/forms/kinds'
import { bytesOf, editMaterial, fileFactsOf, replaceWith } from '../../data/materials'
import type { Rect } from '../../photos'

const QUARTER = 90

export const turn = (draft: string, slot: string, material: Material) => editMaterial(draft, slot, material, { rotate: QUARTER })

/** Crops to the frame; a portrait to exactly 413 × 579. */
export async function crop(draft: string, slot: string, material: Material, frame: Rect, portrait: boolean): Promise<void> {
  const { portraitSize } = await import('../../photos')
  await editMaterial(draft, slot, material, { rotate: 0, crop: frame, ...(portrait ? { output: portraitSize } : {}) })
}

/** A new portrait is cropped at once, about its middle; the frame can be moved afterwards. */
export async function cropPortrait(draft: string, slot: string, material: string): Promise<void> {
  const { portraitCrop, portraitSize } = await import('../../photos')
  const file = await fileFactsOf(draft, slot, material)
  if (!file?.width || !file.height || (file.width === portraitSize.width && file.height === portraitSize.height)) return
  await editMaterial(
    draft,
    slot,
    { id: material, file },
    { rotate: 0, crop: portraitCrop({ width: file.width, height: file.height }), output: portraitSize },
  )
}

export async function retake(draft: string, slot: string, material: string, source: File, field: PhotosField): Promise<void> {
  await replaceWith(draft, slot, material, source, field.accept === 'scan' ? 'scan' : 'photo')
  if (field.accept === 'portrait') await cropPortrait(draft, slot, material)
}

/** Whether a portrait stands before red; advice only. */
export async function standsBeforeRed(draft: string, material: Material): Promise<boolean> {
  if (!material.file) return true
  const { redBackground } = await import('../../photos')
  return (await redBackground(await bytesOf(draft, material.file))).red
}
