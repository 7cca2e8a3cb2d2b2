/** Phones: the real modules of src/data, each phone with its own browser, on one IndexedDB in memory. */
import 'fake-indexeddb/auto'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { browserAt, xhrOf, type Browser } from '../support/tcpXhr'

type Client = typeof import('./client')
export interface Phone extends Client {
  browser: Browser
  /** Its timers and sockets end. */
  switchOff(): void
}

/** The globals that each phone has for itself. */
const own = [
  'XMLHttpRequest', 'localStorage', 'sessionStorage', 'navigator', 'document', 'addEventListener', 'setTimeout', 'setInterval',
]

let bundle: Promise<string> | null = null
function code(): Promise<string> {
  bundle ??= build({
    entryPoints: [fileURLToPath(new URL('client.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    platform: 'browser',
    target: 'es2022',
    define: { 'import.meta.env': '{}', 'process.env.NODE_ENV': '"production"', __VUE_PROD_DEVTOOLS__: 'false' },
    // Pictures are made by the runs themselves.
    external: ['../photos'],
    logLevel: 'error',
  }).then(({ outputFiles }) => `${outputFiles[0]?.text ?? ''}\nreturn client`)
  return bundle
}

export async function phoneAt(origin: string): Promise<Phone> {
  const browser = browserAt(origin)
  const timers = new Set<NodeJS.Timeout>()
  const stored = new Map<string, string>()
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  const kept = (timer: NodeJS.Timeout) => (timers.add(timer), timer)
  const environment: Record<string, unknown> = {
    XMLHttpRequest: xhrOf(browser),
    localStorage: storage,
    sessionStorage: storage,
    navigator: {},
    document: { addEventListener: () => undefined, visibilityState: 'visible' },
    addEventListener: () => undefined,
    setTimeout: (work: () => void, ms: number) => kept(setTimeout(work, ms)),
    setInterval: (work: () => void, ms: number) => kept(setInterval(work, ms)),
  }
  const evaluate = new Function(...own, await code()) as (...values: unknown[]) => Client
  const client = evaluate(...own.map((name) => environment[name]))
  client.useDatabase(client.newDatabaseName())
  return {
    ...client,
    browser,
    switchOff() {
      for (const timer of timers) clearTimeout(timer)
      browser.agent.destroy()
      client.phone().db.close()
    },
  }
}

let people = 0
/** Signs in with a new number. */
export async function signIn({ wire, becomeAccount }: Phone): Promise<void> {
  const server = await wire()
  const number = `137${String(10_000_000 + ((process.pid * 97 + people++) % 90_000_000))}`
  const { request, code: sms } = await server.askCode(number)
  await becomeAccount(await server.signIn(request, number, String(sms)), true)
}
