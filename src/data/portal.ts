/** The Wi-Fi of shops, hotels and stations answers in the server's place until somebody has signed in there. */
import { CaptivePortal, Unreachable } from './failure'

const PROBE = 5000

/** Our API answers in JSON, at its own address: a page with a good status, or another address, is somebody else's. */
export function looksLikePortal({ status, type, url }: { status: number; type: string; url: string }): boolean {
  if (status === 511) return true
  if (status < 200 || status > 299) return false
  return type.includes('text/html') || (url !== '' && new URL(url, location.href).host !== location.host)
}

/**
 * Nothing came back. A redirect to a portal's own address can't be seen by the request that followed it: it is asked for
 * once more, without following. Over https a portal can only break the connection, and looks like no network at all.
 */
export async function nothingCame(cause: unknown): Promise<Unreachable> {
  try {
    const signal = AbortSignal.timeout(PROBE)
    const { type, status, headers } = await fetch('/api/health', { redirect: 'manual', cache: 'no-store', signal })
    const redirected = type === 'opaqueredirect'
    if (redirected || looksLikePortal({ status, type: headers.get('content-type') ?? '', url: '' })) return new CaptivePortal(cause)
  } catch {
    // Not even this came through.
  }
  return new Unreachable(cause)
}
