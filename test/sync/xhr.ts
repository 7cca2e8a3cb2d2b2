/** XMLHttpRequest as far as axios and tus use it; what is sent waits in the network until the scheduler delivers it. */
import type { Network } from './network'
import type { Tab } from './tab'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

type Handler = ((event: object) => void) | null

export function xhrOf(network: Network, tab: Tab): new () => object {
  return class {
    status = 0
    statusText = ''
    readyState = 0
    responseText = ''
    response: unknown = ''
    responseType = ''
    responseURL = ''
    timeout = 0
    withCredentials = false
    onload: Handler = null
    onloadend: Handler = null
    onreadystatechange: Handler = null
    onerror: Handler = null
    ontimeout: Handler = null
    onabort: Handler = null
    readonly upload: { onprogress: Handler; addEventListener: () => void } = { onprogress: null, addEventListener: () => undefined }
    private method = ''
    private url = ''
    private readonly sent: Record<string, string> = {}
    private received: Record<string, string> = {}
    private over = false
    private timer = 0

    open(method: string, url: string): void {
      this.method = method
      this.url = url
      this.readyState = 1
    }
    setRequestHeader(name: string, value: string): void {
      this.sent[name.toLowerCase()] = String(value)
    }
    addEventListener(): void {
      // Both libraries set handlers.
    }
    getResponseHeader(name: string): string | null {
      return this.received[name.toLowerCase()] ?? null
    }
    getAllResponseHeaders(): string {
      return Object.entries(this.received)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n')
    }
    send(body?: Blob | ArrayBuffer | string | null): void {
      if (this.timeout > 0) this.timer = tab.setTimeout(() => this.end(() => this.ontimeout?.({})), this.timeout)
      network.send({
        tab,
        method: this.method.toUpperCase(),
        url: this.url,
        headers: this.sent,
        body: body ?? null,
        answer: (answer) => this.take(answer),
        fail: () => this.end(() => this.onerror?.({})),
        progress: (loaded, total) => !this.over && this.upload.onprogress?.({ lengthComputable: true, loaded, total }),
      })
    }
    abort(): void {
      if (this.over || this.readyState === 0) return
      this.end(() => this.onabort?.({}))
    }

    private take({ status, headers, body }: Answer): void {
      this.end(() => {
        this.status = status
        this.received = headers
        this.responseURL = this.url
        const text = body.toString('utf8')
        // A copy of its own: an answer can come twice.
        this.response = this.responseType === 'arraybuffer' ? new Uint8Array(body).buffer : text
        if (this.responseType === 'json') this.response = parsed(text)
        else if (this.responseType !== 'arraybuffer') this.responseText = text
        this.onreadystatechange?.({})
        this.onload?.({})
      })
    }

    private end(tell: () => void): void {
      if (this.over || tab.dead) return
      this.over = true
      this.readyState = 4
      tab.clearTimeout(this.timer)
      tell()
      this.onloadend?.({})
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
