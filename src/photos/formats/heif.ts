/** HEIF (HEIC and AVIF) on the level of boxes (ISO/IEC 14496-12, 23008-12). */
import { latin1, viewOf, type Outline } from './bytes'

interface Box {
  type: string
  /** Offset of the content. */
  start: number
  end: number
}

/** The boxes between two offsets; a box that runs past `to` is given as it claims to be, and is the last. */
function* boxes(bytes: Uint8Array, from: number, to: number): Generator<Box> {
  const view = viewOf(bytes)
  let at = from
  while (at + 8 <= to) {
    const short = view.getUint32(at)
    const size = short === 0 ? to - at : short === 1 && at + 16 <= to ? Number(view.getBigUint64(at + 8)) : short
    if (size < 8) return
    yield { type: latin1(bytes, at + 4, 4), start: at + (short === 1 ? 16 : 8), end: at + size }
    at += size
  }
}

function inside(bytes: Uint8Array, { start, end }: Box, type: string, skip = 0): Box | undefined {
  return [...boxes(bytes, start + skip, Math.min(end, bytes.length))].find((box) => box.type === type)
}

/** The size is that of the largest item: tiles, previews and masks are smaller than the picture. */
export function heifOutline(bytes: Uint8Array): Outline {
  const top = [...boxes(bytes, 0, bytes.length)]
  const complete = top.some((box) => box.type === 'meta') && top.every((box) => box.end <= bytes.length)
  const meta = top.find((box) => box.type === 'meta')
  const properties = meta && inside(bytes, meta, 'iprp', 4)
  const container = properties && inside(bytes, properties, 'ipco')
  if (!container) return { complete }
  const view = viewOf(bytes)
  const sizes = [...boxes(bytes, container.start, Math.min(container.end, bytes.length))]
    .filter((box) => box.type === 'ispe' && box.start + 12 <= bytes.length)
    .map((box) => ({ width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) }))
    .sort((a, b) => b.width * b.height - a.width * a.height)
  return { ...sizes[0], complete }
}

/** The kind of ISO media by the brand in its `ftyp` box. */
export function isoBrand(bytes: Uint8Array): 'heic' | 'avif' | 'video' | null {
  if (latin1(bytes, 4, 4) !== 'ftyp') return null
  const brand = latin1(bytes, 8, 4)
  if (/^avi[fs]$/.test(brand)) return 'avif'
  // `mif1` says only "pictures"; which codec they have stands among the compatible brands.
  if (/^(he[iv][cxms]|mif1|msf1)$/.test(brand)) return /avif/.test(latin1(bytes, 16, 32)) ? 'avif' : 'heic'
  return 'video'
}
