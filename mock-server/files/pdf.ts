import type { PDFDocument, PDFObject } from '@cantoo/pdf-lib'
import { activePdfNames, harmlessPdfActions, tellsPosition } from '../../src/domain/rules/fileContents'
import { Refusal } from '../http/refusal'

/** Long enough not to turn up in compressed data by chance. */
const telltale = Object.keys(activePdfNames).filter((name) => name.length >= 6).map((name) => new RegExp(`${name}(?![A-Za-z])`))

/** @throws Refusal 415 no PDF, encrypted, or with active content; 422 when it can't be read, or tells a position */
export async function inspectPdf(bytes: Buffer): Promise<void> {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-')
    throw new Refusal(415, 'not-pdf', '这不是一个 PDF 文件，请换一个再试。')
  const end = bytes.lastIndexOf('%%EOF')
  if (end < 0) throw damaged()
  const behind = bytes.subarray(end + 5)
  // As on the phone: an electronic seal is signed over the blanks at the end.
  if (!behind.every((byte) => [0, 9, 10, 13, 32].includes(byte)))
    throw new Refusal(415, 'trailing-bytes', 'PDF 文件后面带有多余的数据，请重新导出。')
  const { PDFArray, PDFDict, PDFDocument: Document, PDFName, PDFRef, PDFStream } = await import('@cantoo/pdf-lib')
  const options = { updateMetadata: false, ignoreEncryption: true, throwOnInvalidObject: true, preserveXFA: true }
  const document = await Document.load(bytes, options).catch(() => Promise.reject(damaged()))
  if (document.isEncrypted) throw new Refusal(415, 'encrypted', 'PDF 文件带有密码或权限限制，请另存为没有密码的文件。')
  if (pagesOf(document) === 0) throw damaged()
  for (const [, found] of document.context.enumerateIndirectObjects()) if (acts(found)) throw acting()
  if (actsWhenOpened(document)) throw acting()
  // Objects that a later part of the file replaces are out of the library's sight, and a reader may be led to them.
  const text = bytes.toString('latin1').replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
  if (telltale.some((name) => name.test(text))) throw acting()
  if (tellsPosition(bytes)) throw new Refusal(422, 'metadata', 'PDF 里的照片带有拍摄位置，请去掉位置信息后重新导出。')

  function acts(object: PDFObject | undefined): boolean {
    if (object instanceof PDFName) return Object.hasOwn(activePdfNames, object.asString())
    if (object instanceof PDFStream) return acts(object.dict)
    if (object instanceof PDFArray) return object.asArray().some(acts)
    if (object instanceof PDFDict)
      return object.entries().some(([name, value]) => acts(name) || acts(value) || isTriggered(name, value))
    return false
  }
  /** Additional actions: of a page that is turned to, of a field that is left. */
  function isTriggered(name: PDFObject, value: PDFObject): boolean {
    return name instanceof PDFName && name.asString() === '/AA' && (value instanceof PDFDict || value instanceof PDFRef)
  }
  function actsWhenOpened({ catalog }: PDFDocument): boolean {
    const action = catalog.lookup(PDFName.of('OpenAction'))
    const kind = action instanceof PDFDict ? action.lookup(PDFName.of('S')) : undefined
    return action instanceof PDFDict && !(kind instanceof PDFName && harmlessPdfActions.includes(kind.asString()))
  }
}

/** A file without a catalogue or a page tree has no pages. */
function pagesOf(document: PDFDocument): number {
  try {
    return document.getPageCount()
  } catch {
    return 0
  }
}

const acting = () => new Refusal(415, 'active-content', 'PDF 文件里带有脚本或附件，请用“打印为 PDF”重新导出。')
const damaged = () => new Refusal(422, 'damaged', 'PDF 文件已损坏，打不开，请重新导出。')
