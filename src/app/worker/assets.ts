/** Chunks by content: the shell's own, and large ones outside of it (HEIC's decoder) that stay from their first use on. */
import { isWhatItSays, shellFile, type ShellEntry } from './shell'

const LATER = 'jiangshen-assets'
/** Enough for the decoder and its wrapper of two versions. */
const KEPT = 8

export async function fromAssets(entries: readonly ShellEntry[], request: Request): Promise<Response> {
  const response = await shellFile(entries, request)
  const { pathname } = new URL(request.url)
  const isOurs = entries.some((entry) => `/${entry.url}` === pathname)
  // A range or an opaque answer can't be kept, and a 404 must not be.
  if (!isOurs && response.type === 'basic' && response.status === 200 && isWhatItSays(response, pathname)) {
    const later = await caches.open(LATER)
    if (!(await later.match(pathname))) await later.put(pathname, response.clone())
  }
  return response
}

/** Drops the oldest of the files that came later. */
export async function dropOldAssets(): Promise<void> {
  const later = await caches.open(LATER)
  const keys = await later.keys()
  await Promise.all(keys.slice(0, -KEPT).map((key) => later.delete(key)))
}
