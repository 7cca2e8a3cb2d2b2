/**
 * The one policy of ours (Content-Security-Policy: trusted-types): the addresses that code may be started from are the
 * service worker's and those of the build's workers. Markup as text has no policy here: it is refused by the browser.
 */
export function trustOwnWorkers(): void {
  const { trustedTypes } = window as { trustedTypes?: Factory }
  trustedTypes?.createPolicy('default', { createScriptURL: (address) => (isOwnWorker(address) ? address : null) })
}

/** Not in TypeScript's library, and not in every browser. */
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string | null }): unknown
}

export function isOwnWorker(address: string, page = location.href): boolean {
  const { origin, pathname } = new URL(address, page)
  return origin === new URL(page).origin && /^\/(sw|assets\/[\w.]*worker-[\w-]+)\.js$/i.test(pathname)
}
