/** What may not stand in a file, for the phone, which says so at once, and the server, which has the last word. */

/** Names (ISO 32000-1) that make a PDF act or carry other files, wherever they stand, in words for people. */
export const activePdfNames: Readonly<Record<string, string>> = {
  '/JavaScript': '脚本',
  '/JS': '脚本',
  '/Launch': '启动程序的指令',
  '/EmbeddedFile': '附件',
  '/EmbeddedFiles': '附件',
  '/FileAttachment': '附件',
  '/RichMedia': '多媒体',
  '/Rendition': '多媒体',
  '/SubmitForm': '提交表单的指令',
  '/ImportData': '导入数据的指令',
  '/GoToE': '打开别的文件的指令',
  '/GoToR': '打开别的文件的指令',
  '/XFA': '动态表单',
}
/** What a PDF may do by itself when it is opened: show a page. */
export const harmlessPdfActions: readonly string[] = ['/GoTo', '/Named']

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]
/** The tag of the first directory that leads to where a photo was taken (Exif 2.3, 4.6.3). */
const GPS = 0x8825

/** Whether any photo within these bytes, e.g. one on a page of a PDF, says where it was taken. */
export function tellsPosition(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x45); at !== -1; at = bytes.indexOf(0x45, at + 1))
    if (EXIF.every((byte, i) => bytes[at + i] === byte) && hasPosition(bytes.subarray(at + EXIF.length))) return true
  return false
}

function hasPosition(tiff: Uint8Array): boolean {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 10) return false
  const little = tiff[0] === 0x49
  const directory = view.getUint32(4, little)
  const short = (at: number) => (at + 2 > tiff.length ? 0 : view.getUint16(at, little))
  const entries = short(directory)
  for (let i = 0; i < entries && directory + 2 + i * 12 < tiff.length; i++)
    if (short(directory + 2 + i * 12) === GPS) return true
  return false
}
