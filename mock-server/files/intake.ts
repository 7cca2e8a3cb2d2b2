import type { IncomingMessage } from 'node:http'

/** Bytes that may wait to be written before the sender is slowed down. */
const ENOUGH = 512 * 1024

/**
 * A request's body from its first byte on. What has come in stays when the line breaks: a stream of Node drops what it
 * holds together with the error, and the phone would have to send it again.
 */
export class Intake implements AsyncIterable<Buffer> {
  /** Why no more comes: all of it is here, the line broke or went silent, or another request took over. */
  ended: 'whole' | 'cut' | 'silent' | 'released' | null = null
  private parts: Buffer[] = []
  private waiting = 0
  private wake = () => {}
  private watch: NodeJS.Timeout | undefined

  /** @param patience ms without a byte, after which the sender counts as gone; a dead line doesn't close by itself */
  constructor(
    private readonly request: IncomingMessage,
    private readonly patience = 30_000,
  ) {
    request.on('data', this.take)
    request.on('end', () => this.stop('whole'))
    for (const event of ['aborted', 'error', 'close']) request.on(event, () => this.stop('cut'))
    this.listen()
  }

  /** Nothing more is taken; what comes all the same is let through, so that the sender hears the answer. */
  stop(why: NonNullable<Intake['ended']>): void {
    if (this.ended) return
    this.ended = why
    clearTimeout(this.watch)
    this.request.resume()
    this.wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.waiting > 0) {
        const bytes = Buffer.concat(this.parts)
        this.parts = []
        this.waiting = 0
        this.request.resume()
        yield bytes
      } else if (this.ended) return
      else await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  private readonly take = (part: Buffer): void => {
    if (this.ended) return
    this.parts.push(part)
    this.waiting += part.length
    if (this.waiting > ENOUGH) this.request.pause()
    this.listen()
    this.wake()
  }

  private listen(): void {
    clearTimeout(this.watch)
    this.watch = setTimeout(() => this.stop('silent'), this.patience)
  }
}
