/** What the phone's own tables hold, read without the app. */
import type { Page } from '@playwright/test'

export interface Stored {
  device: string
  /** Path → value of the draft, deleted ones null. */
  registers: Record<string, unknown>
  /** Operations on their way, and those that were refused or held back. */
  outbox: { path: string; state: string; reason?: string }[]
  uploads: { sha256: string; state: string }[]
  /** Digest as the draft names it → digest of the bytes that are there; null: there are none. */
  files: Record<string, string | null>
}

/** @param draft its id */
export const stored = (page: Page, draft: string): Promise<Stored> =>
  page.evaluate(async (id) => {
    const name = localStorage.getItem('jiangshen-current') ?? 'jiangshen-drafts-first'
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name)
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('The database does not open')))
    })
    interface Row {
      draft: string
      path: string
      state: string
      reason?: string
      sha256: string
      device: string
      payload: { value?: unknown; buf?: ArrayBuffer }
    }
    const all = (table: string) =>
      new Promise<Row[]>((resolve, reject) => {
        const request = db.transaction(table).objectStore(table).getAll()
        request.addEventListener('success', () => resolve(request.result as Row[]))
        request.addEventListener('error', () => reject(request.error ?? new Error(table)))
      })
    try {
      const registers = (await all('registers')).filter((row) => row.draft === id)
      const held = new Map((await all('files')).map((row) => [row.sha256, row.payload.buf]))
      const gone = new Set(registers.flatMap(({ path, payload }) => (path.split('/').length === 2 && payload.value === null ? [path] : [])))
      const files: Record<string, string | null> = {}
      for (const { path, payload } of registers) {
        const sha256 = path.endsWith('/file') && (payload.value as { sha256?: string } | null)?.sha256
        if (!sha256 || gone.has(path.slice(0, -'/file'.length))) continue
        const buf = held.get(sha256)
        const digest = buf && new Uint8Array(await crypto.subtle.digest('SHA-256', buf))
        files[sha256] = digest ? [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') : null
      }
      return {
        device: (await all('owner'))[0]?.device ?? '',
        registers: Object.fromEntries(registers.map(({ path, payload }) => [path, payload.value])),
        outbox: (await all('outbox')).map(({ path, state, reason }) => ({ path, state, ...(reason ? { reason } : {}) })),
        uploads: (await all('uploads')).map(({ sha256, state }) => ({ sha256, state })),
        files,
      }
    } finally {
      db.close()
    }
  }, draft)
