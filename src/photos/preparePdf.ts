/** A PDF is stored as it came, once it is known to open without a password and to do nothing but show pages. */
import { EncryptedPDFError, PDFArray, PDFDict, PDFDocument, PDFName, PDFRef, PDFStream, type PDFObject } from '@cantoo/pdf-lib'
import { activePdfNames, harmlessPdfActions, tellsPosition } from '../domain/rules/fileContents'
import { latin1 } from './formats/bytes'
import { PhotoError } from './photoError'
import { sha256Of, type PreparedPdf } from './prepared'

/** @throws PhotoError `pdf-encrypted`, `pdf-active` or `pdf-damaged` */
export async function preparePdf(source: Uint8Array<ArrayBuffer>): Promise<PreparedPdf> {
  const bytes = withoutTail(source)
  const document = await open(bytes)
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const what = activePart(object)
    if (what) throw new PhotoError('pdf-active', { what })
  }
  const pages = pageCount(document)
  if (actsWhenOpened(document)) throw new PhotoError('pdf-active', { what: '打开时自动执行的指令' })
  if (tellsPosition(bytes)) throw new PhotoError('pdf-active', { what: '照片的拍摄位置' })
  const buf = bytes.buffer
  return { buf, type: 'application/pdf', sha256: await sha256Of(bytes), bytes: bytes.length, pages, warnings: [] }
}

/**
 * The file up to its last %%EOF. Servers sometimes append their own page, and nothing may follow the end; blank
 * characters stay, because an electronic seal is signed over them.
 */
function withoutTail(source: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const mark = '%%EOF'
  let at = source.lastIndexOf(mark.charCodeAt(0))
  while (at > 0 && latin1(source, at - 1, mark.length) !== mark) at = source.lastIndexOf(mark.charCodeAt(0), at - 1)
  if (at <= 0) throw new PhotoError('pdf-damaged')
  const end = at - 1 + mark.length
  const isBlank = source.subarray(end).every((byte) => byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte === 32)
  return isBlank ? source : source.slice(0, end)
}

async function open(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, warnOnInvalidObjects: false, preserveXFA: true })
  } catch (cause) {
    throw new PhotoError(cause instanceof EncryptedPDFError ? 'pdf-encrypted' : 'pdf-damaged', {}, { cause })
  }
}

function pageCount(document: PDFDocument): number {
  try {
    const pages = document.getPageCount()
    if (pages > 0) return pages
  } catch (cause) {
    throw new PhotoError('pdf-damaged', {}, { cause })
  }
  throw new PhotoError('pdf-damaged')
}

/** What of an object acts or is a file, in Chinese; references aren't followed, every object is looked at by itself. */
function activePart(object: PDFObject): string | undefined {
  if (object instanceof PDFName) return activePdfNames[object.toString()]
  if (object instanceof PDFArray) return first(object.asArray())
  if (object instanceof PDFStream) return activePart(object.dict)
  if (object instanceof PDFDict) return first(object.entries().flat()) ?? triggered(object)
  return undefined
}

/** Additional actions: of a page that is turned to, of a field that is left. */
function triggered(object: PDFDict): string | undefined {
  const actions = object.get(PDFName.of('AA'))
  return actions instanceof PDFDict || actions instanceof PDFRef ? '翻页时自动执行的指令' : undefined
}

function actsWhenOpened({ catalog }: PDFDocument): boolean {
  const action = catalog.lookup(PDFName.of('OpenAction'))
  if (!(action instanceof PDFDict)) return false
  const kind = action.lookup(PDFName.of('S'))
  return !(kind instanceof PDFName && harmlessPdfActions.includes(kind.asString()))
}

function first(objects: PDFObject[]): string | undefined {
  for (const object of objects) {
    const what = activePart(object)
    if (what) return what
  }
  return undefined
}
