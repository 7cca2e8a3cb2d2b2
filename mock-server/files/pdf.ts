import type { PDFDocument, PDFObject } from '@cantoo/pdf-lib'
import { Refusal } from '../http/refusal'

/** Names in a PDF that make it act, or carry other files. */
const active = new Set([
  '/JavaScript',
  '/JS',
  '/Launch',
  '/EmbeddedFile',
  '/EmbeddedFiles',
  '/RichMedia',
  '/SubmitForm',
  '/ImportData',
])

/** @throws Refusal 415 no PDF, encrypted, or with active content; 422 when it can't be read */
export async function inspectPdf(bytes: Buffer): Promise<void> {
  if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-')
    throw new Refusal(415, 'not-pdf', '这不是一个 PDF 文件，请换一个再试。')
  const end = bytes.lastIndexOf('%%EOF')
  if (end < 0) throw damaged()
  if (
    bytes
      .subarray(end + 5)
      .toString('latin1')
      .trim() !== ''
  )
    throw new Refusal(415, 'trailing-bytes', 'PDF 文件后面带有多余的数据，请重新导出。')
  const { PDFArray, PDFDict, PDFDocument: Document, PDFName, PDFStream } = await import('@cantoo/pdf-lib')
  const options = { updateMetadata: false, ignoreEncryption: true, throwOnInvalidObject: true }
  const document = await Document.load(bytes, options).catch(() => Promise.reject(damaged()))
  if (document.isEncrypted) throw new Refusal(415, 'encrypted', 'PDF 文件带有密码或权限限制，请另存为没有密码的文件。')
  if (pagesOf(document) === 0) throw damaged()
  for (const [, found] of document.context.enumerateIndirectObjects())
    if (acts(found)) throw new Refusal(415, 'active-content', 'PDF 文件里带有脚本或附件，请用“打印为 PDF”重新导出。')

  function acts(object: PDFObject | undefined): boolean {
    if (object instanceof PDFName) return active.has(object.asString())
    if (object instanceof PDFStream) return acts(object.dict)
    if (object instanceof PDFArray) return object.asArray().some(acts)
    if (object instanceof PDFDict) return object.entries().some(([name, value]) => active.has(name.asString()) || acts(value))
    return false
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

const damaged = () => new Refusal(422, 'damaged', 'PDF 文件已损坏，打不开，请重新导出。')
