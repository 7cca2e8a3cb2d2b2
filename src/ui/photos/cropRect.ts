/** Pixels of the upright picture. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}
export interface Size {
  width: number
  height: number
}

const SMALLEST = 0.15

/** The largest centred rectangle of this aspect (width / height); the whole picture without one. */
export function widest(picture: Size, aspect?: number): Rect {
  if (!aspect) return { x: 0, y: 0, ...picture }
  const width = Math.min(picture.width, picture.height * aspect)
  const height = width / aspect
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height }
}

export function moved(rect: Rect, dx: number, dy: number, picture: Size): Rect {
  return {
    ...rect,
    x: clamp(rect.x + dx, 0, picture.width - rect.width),
    y: clamp(rect.y + dy, 0, picture.height - rect.height),
  }
}

/** Larger or smaller around its centre, its proportions kept, inside the picture. */
export function scaled(rect: Rect, factor: number, picture: Size): Rect {
  const most = Math.min(picture.width / rect.width, picture.height / rect.height)
  const least = Math.min(1, (SMALLEST * Math.min(picture.width, picture.height)) / Math.min(rect.width, rect.height))
  const by = clamp(factor, least, most)
  const width = rect.width * by
  const height = rect.height * by
  return moved({ x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height }, 0, 0, picture)
}

/** The lower right corner drawn to a place; the upper left one stays. */
export function resized(rect: Rect, dx: number, dy: number, picture: Size, aspect?: number): Rect {
  const smallest = SMALLEST * Math.min(picture.width, picture.height)
  const room = { width: picture.width - rect.x, height: picture.height - rect.y }
  if (!aspect)
    return {
      ...rect,
      width: clamp(rect.width + dx, smallest, room.width),
      height: clamp(rect.height + dy, smallest, room.height),
    }
  const least = Math.max(smallest, smallest * aspect)
  const width = clamp(rect.width + Math.max(dx, dy * aspect), least, Math.min(room.width, room.height * aspect))
  return { ...rect, width, height: width / aspect }
}

/** Whole pixels, never outside of the picture. */
export function whole(rect: Rect, picture: Size): Rect {
  const x = Math.floor(rect.x)
  const y = Math.floor(rect.y)
  return {
    x,
    y,
    width: Math.max(1, Math.min(Math.round(rect.width), picture.width - x)),
    height: Math.max(1, Math.min(Math.round(rect.height), picture.height - y)),
  }
}

const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), Math.max(least, most))
