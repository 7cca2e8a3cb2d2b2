import { Refusal } from '../http/refusal'

/** What may be stored at all. Pictures of other kinds are turned into JPEG on the phone. */
const accepted = ['image/jpeg', 'application/pdf'] as const
export type AcceptedType = (typeof accepted)[number]

export const isAccepted = (type: string): type is AcceptedType => accepted.some((one) => one === type)

export const wrongType = () => new Refusal(415, 'wrong-type', '只能上传 JPEG 照片和 PDF 文件。')
