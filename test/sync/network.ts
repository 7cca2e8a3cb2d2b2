/** Requests on their way: the scheduler decides what arrives, when, how often, and how much of it. */
import type { Random } from './random'
import type { Server } from './server'
import type { Tab } from './tab'
import type { Answer } from './xhr'

export interface Request {
  tab: Tab
  method: string
  url: string
  headers: Record<string, string>
  body: Blob | ArrayBuffer | string | null
  answer: (answer: Answer) => void
  fail: () => void
  progress: (loaded: number, total: number) => void
}

interface Travelling {
  request: Request
  /** Set once the server has answered; `null`: the server's side broke the connection. */
  back?: Answer | null
  /** A second delivery of the same request: its answer reaches nobody. */
  echo?: boolean
}

const portal: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<!doctype html><title>Wi-Fi</title><p>请登录'),
}
const gateway: Answer = { ...portal, status: 502, body: Buffer.from('<html>502 Bad Gateway</html>') }
const noise: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('[null,{"drafts":7') }

export class Network {
  private travelling: Travelling[] = []
  /** 0: everything goes through at once. */
  trouble = 1

  constructor(
    private readonly random: Random,
    private readonly server: Server,
  ) {}

  get busy(): boolean {
    return this.travelling.length > 0
  }

  send(request: Request): void {
    if (!request.tab.dead) this.travelling.push({ request })
  }

  /** The page is gone; what has left it may still arrive. */
  drop(tab: Tab): void {
    this.travelling = this.travelling.filter(({ request, back }) => request.tab !== tab || back === undefined)
    for (const one of this.travelling) if (one.request.tab === tab) one.echo = true
  }

  /** One thing happens to one request. Returns what, for the record; null when nothing is on its way. */
  async step(): Promise<string | null> {
    if (this.travelling.length === 0) return null
    const one = this.trouble > 0 ? this.random.pick(this.travelling) : (this.travelling[0] as Travelling)
    const { request } = one
    const what = one.back === undefined ? await this.forth(one) : this.home(one)
    return `${request.tab.device.name} ${request.method} ${request.url}: ${what}`
  }

  private async forth(one: Travelling): Promise<string> {
    const { request } = one
    const { out } = request.tab.device.partition
    const fate = out
      ? this.random.pick(['lose', 'stall'] as const)
      : this.random.weighted({
          deliver: 80,
          lose: 6 * this.trouble,
          stall: 2 * this.trouble,
          twice: 5 * this.trouble,
          cut: (request.body === null ? 0 : 4) * this.trouble,
          portal: 2 * this.trouble,
          gateway: this.trouble,
        })
    if (fate === 'deliver' || fate === 'twice') {
      if (fate === 'twice') this.travelling.push({ request, echo: true })
      one.back = await this.server.receive(request, null)
      if (one.echo) this.remove(one)
    } else if (fate === 'cut') {
      await this.server.receive(request, this.random.next())
      this.fail(one)
    } else if (fate === 'stall') this.remove(one)
    else if (fate === 'lose') this.fail(one)
    else this.reply(one, fate === 'portal' ? portal : gateway)
    return fate
  }

  private home(one: Travelling): string {
    const { request, back } = one
    if (!back) return this.fail(one)
    const fate = request.tab.device.partition.back
      ? this.random.pick(['lose', 'stall'] as const)
      : this.random.weighted({
          answer: 85,
          lose: 7 * this.trouble,
          stall: 2 * this.trouble,
          truncate: 2 * this.trouble,
          portal: this.trouble,
          noise: this.trouble,
        })
    if (fate === 'stall') this.remove(one)
    else if (fate === 'lose') this.fail(one)
    else if (fate === 'truncate') this.reply(one, { ...back, body: back.body.subarray(0, this.random.whole(0, back.body.length)) })
    else this.reply(one, fate === 'answer' ? back : fate === 'portal' ? portal : noise)
    return `${fate} ${back.status}`
  }

  private reply(one: Travelling, answer: Answer): void {
    this.remove(one)
    if (one.echo) return
    one.request.tab.answered()
    one.request.answer(answer)
  }

  private fail(one: Travelling): string {
    this.remove(one)
    if (!one.echo) one.request.fail()
    return 'failed'
  }

  private remove(one: Travelling): void {
    this.travelling = this.travelling.filter((other) => other !== one)
  }
}
