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

export interface Room {
  /** Bytes that the browser allows, that are in use, and that are left; null where it doesn't tell. */
  quota: number | null
  usage: number | null
  free: number | null
}

/** What the browser allows; an estimate, rounded and padded by some. Never throws. */
export async function roomNow(): Promise<Room> {
  try {
    const { quota = null, usage = null } = await navigator.storage.estimate()
    return { quota, usage, free: quota === null ? null : Math.max(0, quota - (usage ?? 0)) }
  } catch {
    return { quota: null, usage: null, free: null }
  }
}

/** A private window gives little room; below this, photos won't fit. Bytes free, or null where unknown. */
export const freeSpace = async (): Promise<number | null> => (await roomNow()).free
