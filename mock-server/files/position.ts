const EXIF = Buffer.from('Exif\0\0', 'latin1')
/** The tag of the first directory that leads to where a photo was taken (Exif 2.3, 4.6.3). */
const GPS = 0x8825

/** Whether any photo within these bytes, e.g. one on a page of a PDF, says where it was taken. */
export function positionIn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(EXIF); at !== -1; at = bytes.indexOf(EXIF, at + EXIF.length))
    if (hasPosition(bytes.subarray(at + EXIF.length))) return true
  return false
}

function hasPosition(tiff: Buffer): boolean {
  if (tiff.length < 14) return false
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = short(directory)
  for (let i = 0; i < entries && directory + 2 + i * 12 < tiff.length; i++)
    if (short(directory + 2 + i * 12) === GPS) return true
  return false
}
