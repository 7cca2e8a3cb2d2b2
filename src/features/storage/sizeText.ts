/** Bytes in the unit that people know from their phone's settings: 3.2 MB, 12 MB, 1.5 GB, never parted; never 0 for something. */
export function sizeText(bytes: number): string {
  if (bytes <= 0) return '0\u00a0MB'
  const mb = bytes / 1048576
  if (mb < 0.1) return '不到\u00a00.1\u00a0MB'
  if (mb < 10) return `${mb.toFixed(1)}\u00a0MB`
  return mb < 1024 ? `${Math.round(mb)}\u00a0MB` : `${(mb / 1024).toFixed(1)}\u00a0GB`
}
