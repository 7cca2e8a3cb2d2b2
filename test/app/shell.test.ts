import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fromAssets } from '../../src/app/worker/assets'
import { keepShared } from '../../src/app/worker/share'
import { dropOldShells, installShell, page, shellFile, type ShellEntry } from '../../src/app/worker/shell'
import { FakeCaches } from '../support/fakeCaches'

const first: ShellEntry[] = [
  { url: 'index.html', revision: 'one' },
  { url: 'assets/step-aaa.js', revision: null },
  { url: 'assets/vue-111.js', revision: null },
]
const second: ShellEntry[] = [
  { url: 'index.html', revision: 'two' },
  { url: 'assets/step-bbb.js', revision: null },
  { url: 'assets/vue-111.js', revision: null },
]

let storage: FakeCaches
let site: Record<string, string>
const fetched: string[] = []

/** The server, or the lack of one: a path that isn't there answers 404. */
function serve(files: Record<string, string>): void {
  site = files
}
const script = (path: string) => new Request(`https://app.test${path}`)
const textOf = async (response: Response) => (response.ok ? response.text() : `${response.status}`)

beforeEach(() => {
  storage = new FakeCaches()
  fetched.length = 0
  vi.stubGlobal('caches', storage)
  vi.stubGlobal('fetch', async (request: RequestInfo | URL) => {
    const path = new URL(request instanceof Request ? request.url : String(request), 'https://app.test').pathname
    fetched.push(path)
    const body = site[path]
    if (body === undefined) return new Response('', { status: 404 })
    const type = body.startsWith('<') ? 'text/html' : 'text/javascript'
    const response = new Response(body, { headers: { 'content-type': type } })
    Object.defineProperty(response, 'type', { value: 'basic' })
    return response
  })
  serve({ '/index.html': '<one>', '/assets/step-aaa.js': 'step a', '/assets/vue-111.js': 'vue' })
})

describe('the app without a network', () => {
  it('opens on every address of the app after the first visit', async () => {
    await installShell(first)
    serve({})
    expect(await textOf(await page(first, script('/apply/1/person')))).toBe('<one>')
    expect(await textOf(await shellFile(first, script('/assets/step-aaa.js')))).toBe('step a')
  })

  it('goes on with an installation that the network interrupted', async () => {
    serve({ '/index.html': '<one>', '/assets/step-aaa.js': 'step a' })
    await expect(installShell(first)).rejects.toThrow('/assets/vue-111.js')
    serve({ '/assets/vue-111.js': 'vue' })
    await installShell(first)
    expect(await textOf(await page(first, script('/')))).toBe('<one>')
  })

  it("doesn't take a captive portal's page for a part of the app", async () => {
    serve({ '/index.html': '<one>', '/assets/step-aaa.js': '<html>sign in to the WiFi', '/assets/vue-111.js': 'vue' })
    await expect(installShell(first)).rejects.toThrow('/assets/step-aaa.js')
  })
})

describe('a new version', () => {
  beforeEach(async () => {
    await installShell(first)
    serve({ '/index.html': '<two>', '/assets/step-bbb.js': 'step b', '/assets/vue-111.js': 'vue' })
    fetched.length = 0
    await installShell(second)
  })

  it('downloads only what has changed', () => {
    expect(fetched.sort()).toEqual(['/assets/step-bbb.js', '/index.html'])
  })

  it('gives the new page, and still the old chunk to a page that is open', async () => {
    expect(await textOf(await page(second, script('/')))).toBe('<two>')
    expect(await textOf(await fromAssets(second, script('/assets/step-aaa.js')))).toBe('step a')
  })

  it('lets the old version go once nobody uses it', async () => {
    await dropOldShells(second)
    expect(await textOf(await fromAssets(second, script('/assets/step-aaa.js')))).toBe('404')
    expect(await textOf(await page(second, script('/')))).toBe('<two>')
  })
})

describe('large parts outside of the shell', () => {
  it('stay from their first use on', async () => {
    serve({ '/assets/heif-1.js': 'decoder' })
    await fromAssets(first, script('/assets/heif-1.js'))
    serve({})
    expect(await textOf(await fromAssets(first, script('/assets/heif-1.js')))).toBe('decoder')
  })

  it('are not replaced by an error', async () => {
    serve({})
    await fromAssets(first, script('/assets/heif-1.js'))
    serve({ '/assets/heif-1.js': 'decoder' })
    expect(await textOf(await fromAssets(first, script('/assets/heif-1.js')))).toBe('decoder')
  })
})

describe('photos shared from another app', () => {
  it('wait with their names until the page asks for them', async () => {
    const photo = new File(['bytes'], '车间 全景.jpg', { type: 'image/jpeg' })
    const request = { formData: async () => ({ getAll: () => [photo, 'not a file'] }) }
    const redirect = vi.spyOn(Response, 'redirect').mockReturnValue(new Response(null, { status: 200 }))
    await keepShared(request as unknown as Request)
    expect(redirect).toHaveBeenCalledWith('/share', 303)
    const kept = [...((await storage.open('jiangshen-share')).entries.values())]
    expect(kept).toHaveLength(1)
    expect(decodeURIComponent(kept[0]?.headers.get('x-name') ?? '')).toBe('车间 全景.jpg')
    expect(kept[0]?.headers.get('content-type')).toBe('image/jpeg')
  })
})
