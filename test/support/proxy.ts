/** A line between phone and server that can be made bad: it cuts, stalls, truncates, swallows and slows, either way. */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

export type Way = 'up' | 'down'
export type Fault =
  | { kind: 'none' }
  /** Nothing passes; what came stays in the line and passes once it is well again. */
  | { kind: 'stall' }
  /** Nothing passes, and what comes is gone for good: the connection is dead, and nobody is told. */
  | { kind: 'swallow' }
  /** The connection ends after so many more bytes. */
  | { kind: 'truncate'; after: number }
  /** Bytes per second. */
  | { kind: 'slow'; rate: number }

/** Bytes that the line takes at once. */
const PIECE = 16 * 1024
/** ms between the pieces of a slow line. */
const TICK = 10

export class Proxy {
  /** Bytes that were carried, in each direction, over all connections. */
  readonly carried = { up: 0, down: 0 }
  readonly faults: Record<Way, Fault> = { up: { kind: 'none' }, down: { kind: 'none' } }
  /** New connections are taken or not. */
  refusing = false
  /** Called with every piece that goes up, before it is passed on; may say after how many of its bytes the line is cut. */
  watch: ((piece: Buffer) => { most: number; reset: boolean } | null) | null = null
  private readonly pairs = new Set<{ phone: Socket; server: Socket; pumps: (() => void)[] }>()
  private readonly listener: Server

  /** @param latency ms in each direction; what is in the line when it is cut is lost */
  constructor(
    private readonly target: { host: string; port: number },
    private readonly latency = 0,
  ) {
    this.listener = createServer((phone) => this.join(phone))
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.listener.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((done) => this.listener.close(done))
  }

  set(way: Way, fault: Fault): void {
    this.faults[way] = fault
    for (const { pumps } of this.pairs) for (const pump of pumps) pump()
  }

  heal(): void {
    this.refusing = false
    this.set('up', { kind: 'none' })
    this.set('down', { kind: 'none' })
  }

  /** Ends every connection at both sides; what is on its way is lost. @param reset with an RST instead of a FIN */
  cut(reset = false): void {
    for (const { phone, server } of this.pairs)
      for (const socket of [phone, server])
        if (reset) socket.resetAndDestroy()
        else socket.destroy()
    this.pairs.clear()
  }

  private join(phone: Socket): void {
    if (this.refusing) {
      phone.resetAndDestroy()
      return
    }
    const server = connect(this.target)
    const pair = { phone, server, pumps: [this.lane('up', phone, server), this.lane('down', server, phone)] }
    this.pairs.add(pair)
    const gone = () => this.pairs.delete(pair)
    for (const socket of [phone, server]) {
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', gone)
    }
    // One that failed takes the other with it; one that ended lets the rest through first.
    phone.on('close', (failed) => failed && server.destroy())
    server.on('close', (failed) => failed && phone.destroy())
  }

  /** Moves what comes from one socket to the other, as the fault of the moment has it. */
  private lane(way: Way, from: Socket, to: Socket): () => void {
    let queue = Buffer.alloc(0)
    let [ended, dead, busy] = [false, false, false]
    const pump = () => {
      const fault = this.faults[way]
      if (fault.kind === 'swallow') dead = true
      if (dead) {
        queue = Buffer.alloc(0)
        from.resume()
        return
      }
      if (busy || fault.kind === 'stall') return
      if (queue.length === 0) {
        if (ended) this.later(() => to.end())
        return
      }
      busy = true
      const most = fault.kind === 'slow' ? Math.ceil((fault.rate * TICK) / 1000) : fault.kind === 'truncate' ? fault.after : PIECE
      const part = queue.subarray(0, Math.min(most, PIECE * 4))
      queue = queue.subarray(part.length)
      if (queue.length < PIECE) from.resume()
      this.carry(way, part, to, () => {
        busy = false
        if (fault.kind === 'truncate' && (fault.after -= part.length) <= 0) {
          this.faults[way] = { kind: 'none' }
          from.destroy()
          this.later(() => to.destroySoon())
        } else if (fault.kind === 'slow') setTimeout(pump, TICK)
        else pump()
      })
    }
    from.on('data', (data: Buffer) => {
      queue = Buffer.concat([queue, data])
      // What the line can't take stays at its sender.
      if (queue.length >= PIECE) from.pause()
      pump()
    })
    from.on('end', () => {
      ended = true
      pump()
    })
    return pump
  }

  /** Calls `then` when the system has the piece, which counts from then on; never where the watch has cut the line. */
  private carry(way: Way, piece: Buffer, to: Socket, then: () => void): void {
    const pass = way === 'up' && this.watch ? this.watch(piece) : null
    const part = pass === null ? piece : piece.subarray(0, pass.most)
    this.carried[way] += part.length
    const next = pass === null ? then : () => this.cut(pass.reset)
    if (this.latency === 0) return void to.write(part, next)
    this.later(() => to.writable && to.write(part))
    next()
  }

  private later(work: () => void): void {
    if (this.latency > 0) setTimeout(work, this.latency)
    else work()
  }
}
