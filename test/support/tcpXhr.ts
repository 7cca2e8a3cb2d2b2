/** XMLHttpRequest over a real socket, as far as axios and tus use it: what Node lacks to run the phone's own code. */
import { Agent, request as open, type ClientRequest, type IncomingMessage } from 'node:http'

type Handler = ((event: object) => void) | null
/** Bytes written at once; each is reported as progress when the system has taken it. */
const STEP = 16 * 1024

export interface Browser {
  /** Where its pages come from. */
  origin: string
  cookie: string
  agent: Agent
}
export const browserAt = (origin: string): Browser => ({ origin, cookie: '', agent: new Agent({ keepAlive: true }) })

export const xhrOf = (browser: Browser): (new () => object) =>
  class {
    status = 0
    statusText = ''
    readyState = 0
    responseText = ''
    response: unknown = null
    responseType = ''
    responseURL = ''
    timeout = 0
    withCredentials = false
    onload: Handler = null
    onloadend: Handler = null
    onerror: Handler = null
    ontimeout: Handler = null
    onabort: Handler = null
    readonly upload: { onprogress: Handler } = { onprogress: null }
    private method = ''
    private readonly sent: Record<string, string> = {}
    private received: IncomingMessage['headers'] = {}
    private request: ClientRequest | null = null
    private timer: NodeJS.Timeout | undefined
    private over = false

    open(method: string, url: string): void {
      this.method = method.toUpperCase()
      this.responseURL = new URL(url, browser.origin).href
      this.readyState = 1
    }
    setRequestHeader(name: string, value: string): void {
      this.sent[name] = String(value)
    }
    getResponseHeader(name: string): string | null {
      const value = this.received[name.toLowerCase()]
      return value === undefined ? null : String(value)
    }
    getAllResponseHeaders(): string {
      return Object.entries(this.received).map(([name, value]) => `${name}: ${String(value)}`).join('\r\n')
    }
    abort(): void {
      if (this.readyState > 0) this.end(() => this.onabort?.({}))
      this.request?.destroy()
    }
    send(body?: Blob | ArrayBuffer | string | null): void {
      if (this.timeout > 0) this.timer = setTimeout(() => this.end(() => this.ontimeout?.({})), this.timeout)
      void bytesOf(body).then((bytes) => !this.over && this.start(bytes))
    }

    private start(bytes: Buffer | null): void {
      const { origin: _, cookie, agent } = browser
      const length = bytes ? { 'content-length': String(bytes.length) } : {}
      const headers = { ...this.sent, ...(cookie ? { cookie } : {}), ...length }
      const request = open(this.responseURL, { method: this.method, headers, agent }, (reply) => this.read(reply))
      this.request = request
      request.on('error', () => this.end(() => this.onerror?.({})))
      if (!bytes) return void request.end()
      const write = (from: number) => {
        if (from >= bytes.length) return void request.end()
        const next = Math.min(bytes.length, from + STEP)
        request.write(bytes.subarray(from, next), (failed) => {
          if (failed || this.over) return
          this.upload.onprogress?.({ lengthComputable: true, loaded: next, total: bytes.length })
          write(next)
        })
      }
      write(0)
    }

    private read(reply: IncomingMessage): void {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('error', () => this.end(() => this.onerror?.({})))
      reply.on('end', () => {
        if (!reply.complete) return this.end(() => this.onerror?.({}))
        const [set] = reply.headers['set-cookie'] ?? []
        if (set) browser.cookie = set.split(';')[0] ?? ''
        this.end(() => {
          this.status = reply.statusCode ?? 0
          this.received = reply.headers
          this.take(Buffer.concat(parts))
          this.onload?.({})
        })
      })
    }

    private take(body: Buffer): void {
      const text = body.toString('utf8')
      if (this.responseType === 'arraybuffer') this.response = new Uint8Array(body).buffer
      else if (this.responseType === 'json') this.response = parsed(text)
      else this.response = this.responseText = text
    }

    private end(tell: () => void): void {
      if (this.over) return
      this.over = true
      this.readyState = 4
      clearTimeout(this.timer)
      if (!this.request?.destroyed && this.status === 0) queueMicrotask(() => this.status === 0 && this.request?.destroy())
      tell()
      this.onloadend?.({})
    }
  }

async function bytesOf(body: Blob | ArrayBuffer | string | null | undefined): Promise<Buffer | null> {
  if (body === null || body === undefined) return null
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body instanceof Blob ? await body.arrayBuffer() : body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
