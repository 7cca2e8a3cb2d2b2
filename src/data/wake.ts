/** A tiny bell: data that waits to be sent has changed. The drain listens; nobody else needs to. */
const listeners = new Set<() => void>()

export function changed(): void {
  for (const listener of listeners) listener()
}

export function onChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
