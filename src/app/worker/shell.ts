/** The app shell: one cache per version, so that an open page of an earlier version still finds its own chunks. */

/** As the build writes it; `revision` is null where the name already tells the content. */
export interface ShellEntry {
  url: string
  revision: string | null
}

const PREFIX = 'jiangshen-shell-'

/** FNV-1a over the list: the same build, the same name, on every phone. */
function shellName(entries: readonly ShellEntry[]): string {
  let hash = 0x811c9dc5
  for (const letter of entries.map(({ url, revision }) => `${url}@${revision}`).join('|'))
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return PREFIX + (hash >>> 0).toString(16)
}

/**
 * Fetches what isn't here yet. An interrupted installation goes on where it stopped, because its cache stays;
 * unchanged files are taken from the version before. Throws when one is missing: half a shell is none.
 */
export async function installShell(entries: readonly ShellEntry[]): Promise<void> {
  const shell = await caches.open(shellName(entries))
  const waiting = [...entries]
  // Two at a time leave the line free for whoever is using the page meanwhile.
  await Promise.all([0, 1].map(async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) await install(shell, entry)
  }))
}

async function install(shell: Cache, { url, revision }: ShellEntry): Promise<void> {
  const address = `/${url}`
  if (await shell.match(address)) return
  const known = revision === null ? await caches.match(address) : undefined
  const response = known ?? (await fetch(address, { cache: revision === null ? 'default' : 'reload', credentials: 'same-origin' }))
  if (!isWhatItSays(response, address)) throw new Error(`${address} answered ${response.status}`)
  await shell.put(address, await plain(response))
}

/** A captive portal answers every address with a page of its own. */
export function isWhatItSays(response: Response, address: string): boolean {
  const isPage = (response.headers.get('content-type') ?? '').includes('text/html')
  return response.ok && isPage === address.endsWith('.html')
}

/** A response that came by a redirect is refused for navigations: keep its content without the trace. */
async function plain(response: Response): Promise<Response> {
  if (!response.redirected) return response
  return new Response(await response.arrayBuffer(), { status: response.status, headers: response.headers })
}

/** The app's page, for every address of the app. */
export async function page(entries: readonly ShellEntry[], request: Request): Promise<Response> {
  const shell = await caches.open(shellName(entries))
  return (await shell.match('/index.html')) ?? fetch(request)
}

/** A file of this version, else of an earlier one, else from the network. */
export async function shellFile(entries: readonly ShellEntry[], request: Request): Promise<Response> {
  const shell = await caches.open(shellName(entries))
  const path = new URL(request.url).pathname
  return (await shell.match(path)) ?? (await caches.match(path)) ?? fetch(request)
}

export async function dropOldShells(entries: readonly ShellEntry[]): Promise<void> {
  const current = shellName(entries)
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== current).map((name) => caches.delete(name)))
}
