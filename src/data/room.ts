/** Room for what matters most: words before photos, photos before small pictures, which can be drawn again. */
import { phone } from './phone'
import { roomNow } from './storage'
import { StorageFull } from './storageFailure'

/** Bytes that photos leave free, so that words can still be written: an application's text is some 100 KB. */
const FOR_WORDS = 5 * 1048576

/** The turn of work that stores a file and then what refers to it: whoever removes files waits for it. */
export const KEEPING = 'jiangshen-keeping'

/** Refuses a file that would leave no room for words. Where the browser doesn't tell, trying will. Throws `StorageFull`. */
export async function ensureRoom(bytes: number): Promise<void> {
  const { free } = await roomNow()
  if (free !== null && free < bytes + FOR_WORDS) throw new StorageFull(bytes, new Error(`${free} bytes free`))
}

/** Drops the small pictures; false when there were none, or even that failed. They are drawn again when they are looked at. */
export async function makeRoom(): Promise<boolean> {
  const { db } = phone()
  try {
    if ((await db.thumbnails.count()) === 0) return false
    await db.thumbnails.clear()
    return true
  } catch {
    return false
  }
}

/** Takes back a file that nothing came to refer to. Never throws: it only leaves something behind then. */
export async function forgetUnused(sha256: string): Promise<void> {
  const { db } = phone()
  try {
    await db.transaction('rw', [db.files, db.thumbnails, db.uploads], async () => {
      if ((await db.uploads.where('sha256').equals(sha256).count()) > 0) return
      await Promise.all([db.files.delete(sha256), db.thumbnails.delete(sha256)])
    })
  } catch {
    // Seen on the storage page.
  }
}

/** A file that its user brought in once more gets another try, whatever became of it before. */
export async function tryAgain(sha256: string): Promise<void> {
  const { db, codec } = phone()
  const payload = await codec.seal({})
  await db.uploads
    .where('sha256')
    .equals(sha256)
    .and(({ state }) => state === 'refused')
    .modify({ state: 'waiting', sent: 0, payload })
}
