/** Text that paper, XML and file systems can take, with as little changed as possible. */

// Control characters (XML 1.0 refuses most of them), non-characters, lone surrogates, and the marks that turn the
// direction of what follows: they would make a page read differently from its data.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF\u202A-\u202E\u2066-\u2069]/gu

/** The text without what can't be printed; lines end with `\n`, tabs become spaces. */
export function printable(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\v\f]/g, '\n').replace(/\t/g, ' ')
  return lines.split('\n').map((line) => line.replace(UNPRINTABLE, '')).join('\n')
}

/** The paragraphs of a long answer, without the blanks around them; empty lines are left out. */
export function paragraphsIn(text: string): string[] {
  return printable(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/**
 * `附件1-…申报表-周砚秋.docx`: parts joined by a hyphen, empty ones left out; nothing that Windows, a shell or an
 * archive could trip over, and short enough for every file system (255 bytes).
 */
export function docxName(...parts: string[]): string {
  const clean = parts.map((part) => {
    const plain = printable(part).replace(/[\\/:*?"<>|~$%\n]/g, '').replace(/\s+/g, ' ')
    return [...plain].slice(0, 30).join('').replace(/^[. ]+|[. ]+$/g, '')
  })
  return `${clean.filter((part) => part !== '').join('-')}.docx`
}
