import { Refusal } from '../http/refusal'
import { inspectJpeg } from './jpeg'
import { inspectPdf } from './pdf'

const inspectors: Record<string, (bytes: Buffer) => Promise<void>> = { 'image/jpeg': inspectJpeg, 'application/pdf': inspectPdf }

/** What may be stored at all. Pictures of other kinds are turned into JPEG on the phone. */
export const isAccepted = (type: string) => Object.hasOwn(inspectors, type)

/** Looks into a file as the type that it claims to be; never changes it. @throws Refusal 415 or 422 */
export async function inspect(type: string, bytes: Buffer): Promise<void> {
  const inspector = isAccepted(type) ? inspectors[type] : undefined
  if (!inspector) throw wrongType()
  await inspector(bytes)
}

export const wrongType = () => new Refusal(415, 'wrong-type', '只能上传 JPEG 照片和 PDF 文件。')
