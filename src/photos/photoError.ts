/**
 * Why a file was not taken. The message is for people: what is wrong, and how to go on. An error crosses from the
 * worker as code and facts and gets its words here, so that there is one wording of each reason.
 */
export interface ErrorFacts {
  bytes?: number
  /** The limit in bytes that was passed. */
  limit?: number
  pixels?: number
  /** What the content is instead, in Chinese: 视频, 程序文件 … */
  what?: string
}

const megabytes = (bytes = 0) => `${Math.max(0.1, Math.round(bytes / 1024 / 102.4) / 10)} MB`
const millions = (pixels = 0) => `${Math.round(pixels / 10_000)} 万`

const messages = {
  empty: () => '这个文件是空的（0 字节），可能没有传完。请重新拍照，或换一张照片。',
  unreadable: () => '手机读不到这个文件，它可能还在云相册里没有下载完。请先在相册里打开它，看到清楚的原图后再选一次。',
  'not-a-picture': ({ what }: ErrorFacts) =>
    `这不是照片${what ? `，文件的内容是${what}` : ''}。请点“拍照”，或从相册选择一张照片。`,
  'not-a-scan': ({ what }: ErrorFacts) =>
    `这个文件不能用${what ? `，它的内容是${what}` : ''}。这里可以放照片或 PDF 文件，也可以把材料拍成照片。`,
  svg: () => '这是 SVG 图形文件，不是照片，不能使用。请把它打开后截屏，再选择截屏的图片。',
  'pdf-for-photo': () => '这里只能放照片，不能放 PDF 文件。请直接拍照，或从相册选择照片。',
  truncated: () => '这张照片不完整，后面一部分丢了（可能没有下载完或没有传完）。请在相册里打开原图，等它全部显示后再选，或重新拍一张。',
  undecodable: () => '这张照片打不开，文件可能已经损坏。请重新拍一张；如果相册里还能看到它，可以截屏后选择截屏的图片。',
  blank: () => '处理后的照片全是黑色或白色，看不到内容。请重新拍一张；如果仍然这样，请关闭其他应用后再试。',
  'too-large': ({ bytes, limit }: ErrorFacts) =>
    `这个文件有 ${megabytes(bytes)}，太大了（最多 ${megabytes(limit)}）。请用手机相机重新拍一张，或把它截屏后选择截屏的图片。`,
  'too-many-pixels': ({ pixels }: ErrorFacts) =>
    `这张照片有 ${millions(pixels)}像素，手机处理不了（最多 1 亿像素）。请关闭相机的超高像素模式重新拍，或截屏后选择截屏的图片。`,
  'decoder-missing': () =>
    '这是 HEIC 格式的照片，第一次处理要联网下载解码程序。请联网后再选一次，或在苹果手机“设置 → 相机 → 格式”里选“兼容性最佳”后重新拍。',
  'pdf-library-missing': () => '处理 PDF 的程序还没有下载到手机上。请联网后再试一次。',
  'pdf-encrypted': () => '这个 PDF 文件加了密码或限制，评审人员打不开。请换成没有密码的文件，或打印出来拍成照片。',
  'pdf-active': ({ what }: ErrorFacts) =>
    `这个 PDF 文件里有${what ?? '脚本或附件'}，为了安全不能接收。请打印出来拍成照片，或用“打印为 PDF”另存后再选。`,
  'pdf-damaged': () => '这个 PDF 文件打不开，可能不完整或已经损坏。请重新下载或导出后再选，也可以打印出来拍成照片。',
  'pdf-too-large': ({ bytes, limit }: ErrorFacts) =>
    `这个 PDF 文件有 ${megabytes(bytes)}，太大了（最多 ${megabytes(limit)}）。请压缩或分成几个文件，也可以把需要的页拍成照片。`,
  'too-many-pages': ({ limit }: ErrorFacts) => `这些页合起来超过了 ${megabytes(limit)}。请分成两份，少选几页再合并。`,
  'old-browser': () => '这个浏览器太旧，不能处理照片。请更新浏览器或微信后再试。',
  crashed: () => '处理照片的程序中断了，可能是手机内存不够。草稿没有受影响。请关闭其他应用后再试一次。',
} satisfies Record<string, (facts: ErrorFacts) => string>

export type PhotoErrorCode = keyof typeof messages

/** A file was refused or could not be worked on; `message` may be shown as it is. Nothing was stored. */
export class PhotoError extends Error {
  override readonly name = 'PhotoError'
  readonly code: PhotoErrorCode
  readonly facts: ErrorFacts

  constructor(code: PhotoErrorCode, facts: ErrorFacts = {}, options?: { cause?: unknown }) {
    super(messages[code](facts), options)
    this.code = code
    this.facts = facts
  }
}
