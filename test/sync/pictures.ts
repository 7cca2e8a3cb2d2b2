import sharp from 'sharp'

let made: Promise<ArrayBuffer[]> | null = null

/** A few real pictures of different sizes; made once. */
export function pictures(): Promise<ArrayBuffer[]> {
  made ??= Promise.all(
    [16, 48, 120].map(async (side, i) => {
      const noise = Buffer.from(Array.from({ length: side * side * 3 }, (_, at) => (at * (7 + i) * 2654435761) >>> 24))
      const bytes = await sharp(noise, { raw: { width: side, height: side, channels: 3 } }).jpeg().toBuffer()
      return new Uint8Array(bytes).buffer
    }),
  )
  return made
}
