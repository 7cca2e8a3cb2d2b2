import { label } from './cells'
import type { Picture } from './grid'
import type { Draft } from './layout'
import type { Answer, PaperInput } from './reader'

/** A 2-inch photo, in millimetres. */
const FRAME = { width: 35, height: 49 }

/** The cell for the 2-inch photo: the picture, or the form's own words where it is to be glued. */
export function portraitCell({ field, missing }: Answer, portrait: PaperInput['portrait'], width: number, rows: number): Draft {
  const words = label(['照片', '（2寸彩色红底', '正面脱帽照片）'], width, rows)
  return { ...words, heading: false, field, missing, picture: pictureOf(portrait) }
}

/** Fits the frame without distorting; anything but JPEG or PNG is left out, Word couldn't show it. */
function pictureOf(portrait: PaperInput['portrait']): Picture | undefined {
  if (!portrait || portrait.width <= 0 || portrait.height <= 0) return undefined
  const { bytes } = portrait
  const type = bytes[0] === 0xff && bytes[1] === 0xd8 ? 'jpg' : bytes[0] === 0x89 && bytes[1] === 0x50 ? 'png' : null
  if (!type) return undefined
  const scale = Math.min(FRAME.width / portrait.width, FRAME.height / portrait.height)
  return { bytes, type, width: portrait.width * scale, height: portrait.height * scale, alt: '申报人照片' }
}
