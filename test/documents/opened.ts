/** A paper as LibreOffice shows it. Needs a DOM. */
import { toDocx } from '../../src/documents/docx/toDocx'
import type { Paper } from '../../src/documents/grid'
import { convertAll } from '../support/office'

/** White space differs with every renderer; words must not. */
export const squeeze = (text: string | null) => (text ?? '').replace(/[\s\u00a0]+/g, '')

export interface Opened {
  /** Rows of all tables, cell by cell, squeezed. */
  rows: string[][]
  /** All words, squeezed. */
  words: string
  pictures: number
}

/** Every paper as its cells and words. */
export async function openAll(papers: readonly Paper[]): Promise<Opened[]> {
  return (await convertAll(await Promise.all(papers.map(toDocx)), 'docx', 'html')).map((bytes) => {
    const page = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'text/html')
    const cellsIn = (row: Element) => [...row.querySelectorAll('td, th')].map((cell) => squeeze(cell.textContent))
    return {
      rows: [...page.querySelectorAll('tr')].map(cellsIn),
      words: squeeze(page.body.textContent),
      pictures: page.querySelectorAll('img').length,
    }
  })
}

/** Sheets of paper, counted in the PDF files that LibreOffice prints. */
export async function sheetsOf(papers: readonly Paper[]): Promise<number[]> {
  return (await convertAll(await Promise.all(papers.map(toDocx)), 'docx', 'pdf')).map((bytes) => {
    const pdf = new TextDecoder('latin1').decode(bytes)
    return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
  })
}

/** What stands right of a label. @throws when the label isn't there. */
export function besideIn({ rows }: Opened, label: string): string | undefined {
  for (const row of rows) {
    const at = row.indexOf(squeeze(label))
    if (at >= 0) return row[at + 1]
  }
  throw new Error(`No label ${label}`)
}
