/** What this browser gives us to store in, found out before anything is typed. */
export type StorageState = 'ok' | 'missing' | 'denied'

/** Opens, writes and deletes a small database; private windows of some browsers fail here. */
export async function probeStorage(): Promise<StorageState> {
  if (typeof indexedDB === 'undefined') return 'missing'
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('jiangshen-probe', 1)
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('probe'))
      request.addEventListener('success', () => {
        request.result.close()
        indexedDB.deleteDatabase('jiangshen-probe')
        resolve('ok')
      })
      request.addEventListener('error', () => resolve('denied'))
      request.addEventListener('blocked', () => resolve('ok'))
    } catch {
      resolve('denied')
    }
  })
}

/** Asks the browser not to evict our data; false where it refuses or can't. */
export async function askToPersist(): Promise<boolean> {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false
  } catch {
    return false
  }
}

/** A private window gives little room; below this, photos won't fit. Bytes free, or null where unknown. */
export async function freeSpace(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate()
    return quota === undefined ? null : quota - (usage ?? 0)
  } catch {
    return null
  }
}
