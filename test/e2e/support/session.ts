/** Signing in: by the screen where a journey is about it, with the session that is there already where it is not. */
import type { BrowserContext, Page } from '@playwright/test'
import type { Account, CodeReply } from '../../../src/domain/api'

interface Session {
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>
  account: Account
}
/** By server and number. */
const sessions = new Map<string, Session>()

/**
 * Signs in with the code that the demonstration shows, by whatever `press` does on the screen. A number gets one code
 * a minute: from the second time on, this browser is handed the session of the first.
 */
export async function withCode(page: Page, phone: string, press: () => Promise<void>): Promise<void> {
  const key = `${new URL(page.url()).origin} ${phone}`
  const known = sessions.get(key)
  // Signing in ends the session that this browser had, and another journey may still need that one.
  await page.context().clearCookies()
  if (known) await handOver(page, known)
  await press()
  if (known) return
  const { account } = (await (await page.request.get('/api/sessions/current')).json()) as { account: Account }
  sessions.set(key, { cookies: await page.context().cookies(), account })
}

async function handOver(page: Page, { cookies, account }: Session): Promise<void> {
  await page.context().addCookies(cookies)
  const code: CodeReply = { request: account.id, resendAfter: 60, code: '000000' }
  await page.route('**/api/codes', (route) => route.fulfill({ json: code }))
  await page.route('**/api/sessions', (route) => route.fulfill({ json: { account } }))
}
