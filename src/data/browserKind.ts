/** Where this page runs, as far as it changes how long its storage lasts. */

/** `in-app`: a browser inside of another app; `safari`: on a computer; `ios`: any browser of an iPhone or iPad, all are Safari inside. */
export type BrowserKind = 'wechat' | 'in-app' | 'ios' | 'safari' | 'other'

/** Told by the name that the browser gives itself; nothing depends on it but advice. */
export function browserKind(userAgent: string, touchPoints: number): BrowserKind {
  if (/MicroMessenger/i.test(userAgent)) return 'wechat'
  if (/\bQQ\/|AlipayClient|DingTalk|Weibo|aweme/i.test(userAgent)) return 'in-app'
  // An iPad says that it is a Mac, and has a screen to touch.
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios'
  return /Macintosh/.test(userAgent) && /Safari\//.test(userAgent) && !/Chrome|Chromium|Edg|Firefox/.test(userAgent) ? 'safari' : 'other'
}

export const thisBrowser = () => browserKind(navigator.userAgent, navigator.maxTouchPoints ?? 0)

/** Opened from the home screen: such an app's storage is not cleared after seven days. */
export function isInstalled(): boolean {
  const { standalone } = navigator as Navigator & { standalone?: boolean }
  return standalone === true || (globalThis.matchMedia?.('(display-mode: standalone)').matches ?? false)
}
