/** Whether the background of a portrait is red, as 2寸彩色红底 asks. */
export interface RedBackground {
  /** The part of the border's pixels that are red, 0 to 1. */
  share: number
  red: boolean
}

/** Light falls off towards the corners and hair may touch the border: not all of it has to be red. */
const ENOUGH = 0.6

/**
 * Looks at the top corners and the upper half of both sides; shoulders fill the lower half, hair the top's middle.
 * @param rgba pixels of the picture, four bytes each, row by row
 */
export function redShare(rgba: Uint8ClampedArray, width: number, height: number): RedBackground {
  const side = Math.max(1, Math.round(width * 0.08))
  const top = Math.max(1, Math.round(height * 0.05))
  const corner = Math.round(width * 0.3)
  let seen = 0
  let red = 0
  for (let y = 0; y < height * 0.5; y += 1)
    for (let x = 0; x < width; x += 1) {
      const fromEdge = Math.min(x, width - 1 - x)
      if (fromEdge >= side && !(y < top && fromEdge < corner)) continue
      seen += 1
      const at = (y * width + x) * 4
      if (isRed(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0)) red += 1
    }
  const share = seen === 0 ? 0 : red / seen
  return { share, red: share >= ENOUGH }
}

/** From the dark red of studios to the bright red of apps; not skin, wood, orange or pink. */
function isRed(r: number, g: number, b: number): boolean {
  const most = Math.max(g, b)
  return r >= 90 && most <= r * 0.5 && Math.abs(g - b) <= r * 0.35
}
