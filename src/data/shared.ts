/** Photos that another app shared with this one: the service worker keeps them until somebody says where they belong. */
const CACHE = 'jiangshen-share'

export interface SharedFile {
  key: string
  file: File
}

export async function readShared(): Promise<SharedFile[]> {
  if (!('caches' in globalThis)) return []
  const cache = await caches.open(CACHE)
  const found = await Promise.all(
    (await cache.keys()).map(async (request) => {
      const response = await cache.match(request)
      if (!response) return null
      const name = decodeURIComponent(response.headers.get('x-name') ?? '')
      return { key: request.url, file: new File([await response.blob()], name, { type: response.headers.get('content-type') ?? '' }) }
    }),
  )
  return found.filter((one) => one !== null)
}

export async function dropShared(key: string): Promise<void> {
  await (await caches.open(CACHE)).delete(key)
}
