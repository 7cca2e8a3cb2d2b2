/** When a photo was taken: the one entry of Exif that is kept, and as a field of its own (never in the stored bytes). */
import { find, latin1, viewOf } from './formats/bytes'

const EXIF_IFD = 0x8769
const DATE_TIME_ORIGINAL = 0x9003
/** Cameras write Exif near the start; some phones' HEIC files have it behind the previews. */
const SEARCHED = 2 * 1024 * 1024

/**
 * DateTimeOriginal (Exif 2.32, 4.6.5) as local wall time `YYYY-MM-DDTHH:mm:ss`: cameras write no reliable zone.
 * @returns undefined when it is missing, broken or no real time
 */
export function takenAt(bytes: Uint8Array): string | undefined {
  // With the first bytes of what follows: HEIC also lists an item whose type is called Exif.
  const starts = ['Exif\0\0II*\0', 'Exif\0\0MM\0*'].map((start) => find(bytes, start, 0, SEARCHED))
  const at = Math.max(...starts)
  if (at === -1) return undefined
  try {
    return readTime(bytes.subarray(at + 6))
  } catch (error) {
    if (error instanceof RangeError) return undefined // offsets that point outside: damaged metadata
    throw error
  }
}

function readTime(tiff: Uint8Array): string | undefined {
  const order = latin1(tiff, 0, 2)
  if (order !== 'II' && order !== 'MM') return undefined
  const little = order === 'II'
  const view = viewOf(tiff)
  const entry = (directory: number, tag: number): number | undefined => {
    const count = view.getUint16(directory, little)
    for (let i = 0; i < count; i += 1) {
      const at = directory + 2 + i * 12
      if (view.getUint16(at, little) === tag) return view.getUint32(at + 8, little)
    }
    return undefined
  }
  const exif = entry(view.getUint32(4, little), EXIF_IFD)
  const text = exif === undefined ? undefined : entry(exif, DATE_TIME_ORIGINAL)
  return text === undefined ? undefined : wallTime(latin1(tiff, text, 19))
}

function wallTime(text: string): string | undefined {
  const parts = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (!parts) return undefined
  const time = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}`
  const instant = new Date(`${time}Z`)
  // Cameras without a set clock write zeros; a day that doesn't exist would come back as another one.
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(time)
  return exists && instant.getUTCFullYear() >= 1990 ? time : undefined
}
