import type { Footer as DocxFooter, FileChild } from 'docx'
import { footerText, PAGE, TEXT_WIDTH, type Paper } from '../grid'
import { blockOf, hairline, type Docx } from './blocks'
import { runStyle, twips } from './styles'

/**
 * The paper as the bytes of a Word file. The writer (about 70 kB) is fetched with its first use; rejects when that
 * fails, e.g. offline before the app was stored.
 */
export async function toDocx(paper: Paper): Promise<Uint8Array> {
  const docx = await import('docx')
  const file = new docx.Document({
    title: paper.title,
    creator: '匠申',
    lastModifiedBy: '匠申',
    styles: { default: { document: { run: runStyle({}) } } },
    sections: [{ properties: { page: pageOf() }, footers: { default: footerOf(docx, paper) }, children: bodyOf(docx, paper) }],
  })
  return new Uint8Array(await docx.Packer.pack(file, 'arraybuffer'))
}

/** One section in Word's sense: LibreOffice and WPS lose a section's page break where a table follows it. */
function bodyOf(docx: Docx, { sections }: Paper): FileChild[] {
  return sections.flatMap(({ blocks }, i) => [
    ...(i > 0 ? [hairline(docx, true)] : []),
    ...blocks.map((block) => blockOf(docx, block)),
    ...(blocks.at(-1)?.kind === 'table' ? [hairline(docx, false)] : []),
  ])
}

function pageOf() {
  const margin = twips(PAGE.margin)
  return {
    size: { width: twips(PAGE.width), height: twips(PAGE.height) },
    margin: { top: margin, bottom: margin, left: margin, right: margin, header: twips(PAGE.footer), footer: twips(PAGE.footer) },
  }
}

function footerOf(docx: Docx, { footer }: Paper): DocxFooter {
  const style = runStyle({ size: 9 })
  const { CURRENT, TOTAL_PAGES } = docx.PageNumber
  const words = new docx.TextRun({ ...style, text: footerText(footer) })
  const pages = new docx.TextRun({ ...style, children: [new docx.Tab(), '第 ', CURRENT, ' 页 共 ', TOTAL_PAGES, ' 页'] })
  const tabStops = [{ type: docx.TabStopType.RIGHT, position: twips(TEXT_WIDTH) }]
  return new docx.Footer({ children: [new docx.Paragraph({ tabStops, children: [words, pages] })] })
}
