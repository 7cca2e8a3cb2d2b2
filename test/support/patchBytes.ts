/** Counts the bytes of files in what goes up one connection after the other: the bodies of PATCH requests. */
export class PatchBytes {
  count = 0
  private head = ''
  private left = 0
  private counted = false

  /** A new connection begins with a new request. */
  reset(): void {
    this.head = ''
    this.left = 0
  }

  /**
   * @param most stops where the count reaches it
   * @returns how many bytes of the piece were taken; all of it unless the count reached `most`
   */
  take(piece: Buffer, most = Infinity): number {
    let at = 0
    while (at < piece.length) {
      if (this.left === 0) {
        at = this.readHead(piece, at)
        continue
      }
      let part = Math.min(this.left, piece.length - at)
      if (this.counted) part = Math.min(part, most - this.count)
      this.left -= part
      at += part
      if (!this.counted) continue
      this.count += part
      if (this.count >= most) return at
    }
    return at
  }

  private readHead(piece: Buffer, from: number): number {
    const before = this.head.length
    this.head += piece.subarray(from).toString('latin1')
    const end = this.head.indexOf('\r\n\r\n')
    if (end < 0) return piece.length
    this.left = Number(/\r\ncontent-length: *(\d+)/i.exec(this.head.slice(0, end))?.[1] ?? 0)
    this.counted = this.head.startsWith('PATCH')
    this.head = ''
    return from + end + 4 - before
  }
}
