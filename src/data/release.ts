/** Making room by hand: photos that the server has, and earlier versions that nobody sees. Never anything unsent. */
import type { UploadRow } from './database'
import { Refused } from './failure'
import { readFileRefs, type FileRef } from './fileRefs'
import { alone } from './lock'
import { ownerOf, phone, type Phone } from './phone'
import { KEEPING } from './room'
import { changed } from './wake'
import { wire, type Wire } from './wire'

export interface Released {
  files: number
  bytes: number
  /** Files that stay, because the server doesn't have them (yet). */
  kept: number
}

/** As many digests as the server answers at once. */
const AT_ONCE = 500

/**
 * Frees photos that the server has for every draft that names them, as it says now: what it had said earlier may be
 * from before a disaster. They are fetched again when they are looked at. Throws what the wire throws.
 */
export function releaseConfirmed(): Promise<Released> {
  return alone(KEEPING, async () => {
    const home = phone()
    const server = await wire()
    const { account } = await ownerOf(home.db)
    if (account === null || (await server.whoAmI())?.id !== account)
      throw new Refused(401, { code: 'signed-out', message: '请先登录，再释放空间', trace: '' })
    const { files } = await readFileRefs()
    const all = [...files.values()].filter(({ named }) => named.size > 0)
    const asked = all.filter(({ pinned }) => !pinned)
    const has = await answers(server, home, asked)
    const safe = asked.filter(({ sha256, named }) => [...named].every((draft) => has.get(draft)?.has(sha256)))
    const freed = await remove(home, safe, ({ state }) => state === 'confirmed')
    return { ...freed, kept: all.length - freed.files }
  })
}

/** Draft → the digests that the server has of it. What it no longer has is sent again. */
async function answers(server: Wire, { db }: Phone, files: FileRef[]): Promise<Map<string, Set<string>>> {
  const has = new Map<string, Set<string>>()
  // A draft without a revision has never reached the server, nor have its files.
  for (const { id } of (await db.drafts.toArray()).filter(({ revision }) => revision > 0)) {
    const wanted = files.filter(({ named }) => named.has(id)).map(({ sha256 }) => sha256)
    const found = new Set<string>()
    has.set(id, found)
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const some = wanted.slice(at, at + AT_ONCE)
      for (const sha256 of await server.confirmed(id, some)) found.add(sha256)
      for (const sha256 of some) if (!found.has(sha256)) await sendAgain(id, sha256)
    }
  }
  return has
}

async function sendAgain(draft: string, sha256: string): Promise<void> {
  const { db } = phone()
  const upload = await db.uploads.get([draft, sha256])
  if (upload?.state !== 'confirmed') return
  await db.uploads.update([draft, sha256], { state: 'waiting', sent: 0 })
  changed()
}

/** Clears earlier versions that no draft shows and nothing stands on. History can't bring these pictures back afterwards. */
export function clearEarlier(): Promise<Released> {
  return alone(KEEPING, async () => {
    const home = phone()
    const { files } = await readFileRefs()
    const earlier = [...files.values()].filter(isClearable)
    const cleared = await remove(home, earlier, () => true)
    const reason = await home.codec.seal({ reason: '这张旧照片已从手机上清除，请重新拍' })
    // Should one of them be called back, its card says why it can't be sent.
    const gone = new Set(earlier.map(({ sha256 }) => sha256))
    await home.db.uploads
      .filter(({ sha256, state }) => state !== 'confirmed' && gone.has(sha256))
      .modify({ state: 'refused', payload: reason })
    return { ...cleared, kept: 0 }
  })
}

/** Once part of a draft and shown by none. What was just stored, and is about to be, was part of none. */
export const isClearable = ({ named, shown, pinned }: FileRef) => named.size > 0 && shown.size === 0 && !pinned

/** Removes bytes whose deliveries all agree at that moment; small pictures stay. */
async function remove({ db }: Phone, files: FileRef[], agrees: (upload: UploadRow) => boolean): Promise<{ files: number; bytes: number }> {
  const freed = { files: 0, bytes: 0 }
  for (const { sha256, bytes } of files) {
    await db.transaction('rw', [db.files, db.uploads], async () => {
      if (!(await db.uploads.where('sha256').equals(sha256).toArray()).every(agrees)) return
      await db.files.delete(sha256)
      freed.files += 1
      freed.bytes += bytes
    })
  }
  return freed
}
