import type { Upload } from '@tus/server'
import { notFound, Refusal } from '../http/refusal'
import type { FileStorage } from './storage'

/**
 * An upload as it stands. One that can't be gone on with, because only half of what belongs to it survived, counts as
 * gone: the phone begins anew.
 * @throws Refusal 404 none of this id, 410 unusable, 503 the storage can't be asked
 */
export async function uploadOf({ tus, remove }: FileStorage, id: string): Promise<Upload> {
  if (!/^[0-9a-f]{32}$/.test(id)) throw notFound()
  const upload = await tus.getUpload(id).catch((reason: unknown) => Promise.reject(refusalFor(reason)))
  if (upload.size === undefined || upload.offset > upload.size) {
    await remove(id)
    throw gone()
  }
  return upload
}

function refusalFor(reason: unknown): Refusal {
  const status = (reason as { status_code?: number } | null)?.status_code
  if (status === 404) return notFound()
  // The bytes are missing, or the facts beside them broke off when the power went.
  if (status === 410 || reason instanceof SyntaxError) return gone()
  return new Refusal(503, 'unavailable', '文件暂时取不到，稍后会自动再试。', undefined, 5)
}

const gone = () => new Refusal(410, 'gone', '这次上传已失效，会自动重新开始。')
