/** CacheStorage in memory: jsdom has none. Keys are paths, as the service worker uses them. */
class FakeCache {
  readonly entries = new Map<string, Response>()

  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    return this.entries.get(pathOf(request))?.clone()
  }
  async put(request: RequestInfo | URL, response: Response): Promise<void> {
    this.entries.set(pathOf(request), response)
  }
  async delete(request: RequestInfo | URL): Promise<boolean> {
    return this.entries.delete(pathOf(request))
  }
  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }))
  }
}

export class FakeCaches {
  readonly all = new Map<string, FakeCache>()

  async open(name: string): Promise<FakeCache> {
    const found = this.all.get(name) ?? new FakeCache()
    this.all.set(name, found)
    return found
  }
  async match(request: RequestInfo | URL): Promise<Response | undefined> {
    for (const cache of this.all.values()) {
      const found = await cache.match(request)
      if (found) return found
    }
    return undefined
  }
  async keys(): Promise<string[]> {
    return [...this.all.keys()]
  }
  async delete(name: string): Promise<boolean> {
    return this.all.delete(name)
  }
}

function pathOf(request: RequestInfo | URL): string {
  const url = request instanceof Request ? request.url : String(request)
  return new URL(url, 'https://app.test').pathname
}
