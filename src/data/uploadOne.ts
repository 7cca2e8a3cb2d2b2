/** One file on its way: what is noted of it meanwhile, and what its failure means. */
import type { FileFacts } from '../domain/forms/kinds'
import type { UploadRow } from './database'
import { digestOfBytes } from './digest'
import type { Refused } from './failure'
import { isDamage, refusesFile } from './fileVerdict'
import type { Phone } from './phone'
import type { Wire } from './wire'

/** A file that came in damaged so often is not sent again by itself. */
const DAMAGES = 5

/** absent: its bytes are neither on this phone nor, under another draft, at the server. */
export type Outcome = 'sent' | 'refused' | 'absent'

/**
 * Sends one file. Resolves also where the server refuses it, which is noted with the reason; throws what concerns its way
 * there: it goes again in the next round.
 */
export async function uploadOne(wire: Wire, upload: UploadRow, home: Phone): Promise<Outcome> {
  const { draft, sha256, bytes, payload } = upload
  const { db, codec } = home
  const file = await bytesFor(wire, sha256, home)
  if (!file) return 'absent'
  const { url, ...opened } = await codec.open(payload)
  let shown = 0
  let noted: Promise<unknown> = Promise.resolve()
  // One after the other, and all of them before the outcome is written: a late note must not undo it.
  const note = (work: () => Promise<unknown>) => {
    noted = noted.then(work).catch(() => undefined)
    return noted.then(() => undefined)
  }
  const keepUrl = async (next: string) =>
    db.uploads.update([draft, sha256], { payload: await codec.seal({ ...opened, url: next }) })
  try {
    await wire.upload({
      draft,
      sha256,
      ...file,
      url,
      onUrl: (next) => note(() => keepUrl(next)),
      onProgress: (sent) => {
        // A bar needs no more than a step per twentieth; each step is a write.
        if (sent - shown < bytes / 20 && sent !== bytes) return
        shown = sent
        void note(() => db.uploads.update([draft, sha256], { sent }))
      },
    })
    await noted
    return 'sent'
  } catch (reason) {
    await noted
    if (isDamage(reason)) await countDamage(upload, reason, home)
    if (!refusesFile(reason)) throw reason
    await refuse(upload, reason.message, home)
    return 'refused'
  }
}

/** It came in other than it was sent: it goes again from its beginning, a few times. */
export async function countDamage(upload: UploadRow, { code }: Refused, home: Phone): Promise<void> {
  const { db, codec } = home
  const { draft, sha256 } = upload
  const now = await db.uploads.get([draft, sha256])
  if (now?.state !== 'waiting') return
  const { url, tries = 0 } = await codec.open(now.payload)
  const here = await db.files.get(sha256)
  if (here && (await digestOfBytes((await codec.open(here.payload)).buf)) !== sha256)
    return refuse(upload, '手机里存的这个文件已损坏，请重新拍照或选择', home)
  if (tries + 1 >= DAMAGES) return refuse(upload, '传了几次，服务器收到的都和手机里的不一样。请换一个网络再试，或者重新拍照', home)
  // A damaged chunk was taken back by the server; all else there is not to be built upon.
  const next = code === 'checksum-differs' && url ? { url, tries: tries + 1 } : { tries: tries + 1 }
  await db.uploads.update([draft, sha256], { payload: await codec.seal(next), ...('url' in next ? {} : { sent: 0 }) })
}

async function refuse({ draft, sha256 }: UploadRow, reason: string, { db, codec }: Phone): Promise<void> {
  await db.uploads.update([draft, sha256], { state: 'refused', payload: await codec.seal({ reason }) })
}

/** From this phone; else, in a copy of a draft whose photos were taken elsewhere, from the server by the other draft. */
async function bytesFor(wire: Wire, sha256: string, { db, codec }: Phone): Promise<{ type: string; buf: ArrayBuffer } | null> {
  const here = await db.files.get(sha256)
  if (here) return { type: here.type, buf: (await codec.open(here.payload)).buf }
  for (const { draft, payload } of await db.registers.filter(({ path }) => path.endsWith('/file')).toArray()) {
    const facts = (await codec.open(payload)).value as FileFacts | null
    if (facts?.sha256 !== sha256 || !(await wire.confirmed(draft, [sha256])).includes(sha256)) continue
    const buf = await wire.file(draft, sha256)
    if ((await digestOfBytes(buf)) === sha256) return { type: facts.type, buf }
  }
  return null
}
