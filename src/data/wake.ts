/** A tiny bell: data that waits to be sent has changed. The drain listens; nobody else needs to. */
const listeners = new Set<() => void>()

export function changed(): void {
  for (const listener of listeners) listener()
}

export function onChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tag of the browser's own bell (Background Sync), before the database's name: a worker has no localStorage to know it from. */
export const SEND = 'jiangshen-send:'
/** What the service worker asks an open page when that bell rings; it answers on the port at once. */
export interface SendRequest {
  kind: 'send'
  database: string
}
