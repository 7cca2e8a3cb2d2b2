/** Rectangles for cropping; all in pixels of the picture as it is shown, that is after its rotation. */
export interface Size {
  width: number
  height: number
}
export interface Rect extends Size {
  x: number
  y: number
}
/** Degrees, clockwise. */
export type Rotation = 0 | 90 | 180 | 270

/** A 2-inch portrait, 35 × 49 mm at 300 dpi. */
export const portraitSize: Size = { width: 413, height: 579 }

export function rotatedSize({ width, height }: Size, rotate: Rotation): Size {
  return rotate % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** The size scaled down so that its longer side is at most `maxSide`; never up, whole pixels, at least one. */
export function fitWithin({ width, height }: Size, maxSide: number): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The part of `crop` that lies on the picture, at least one pixel. */
export function clampCrop(crop: Rect, picture: Size): Rect {
  const x = Math.min(Math.max(0, crop.x), picture.width - 1)
  const y = Math.min(Math.max(0, crop.y), picture.height - 1)
  return {
    x,
    y,
    width: Math.max(1, Math.min(crop.x + crop.width, picture.width) - x),
    height: Math.max(1, Math.min(crop.y + crop.height, picture.height) - y),
  }
}

/** The largest part of `rect`, about its middle, that has the proportions of `shape`: nothing is ever stretched. */
export function fitAspect(rect: Rect, shape: Size): Rect {
  const aspect = shape.width / shape.height
  const width = Math.min(rect.width, rect.height * aspect)
  const height = width / aspect
  return { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height }
}

/** Where a portrait's frame stands first: as large as possible, in the middle, near the top as heads are. */
export function portraitCrop(picture: Size): Rect {
  const frame = fitAspect({ x: 0, y: 0, ...picture }, portraitSize)
  return { ...frame, y: frame.y / 2 }
}
