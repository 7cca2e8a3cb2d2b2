/**
 * Text for a cell of a spreadsheet (XLSX, CSV): what a person typed is never run as a formula (ASVS 1.2.10). Programs
 * take `=`, `+`, `-`, `@`, a tab or a line end at the beginning for one, also in their full-width shapes and behind
 * blanks; an apostrophe in front keeps it text. Numbers are for number cells, not for here.
 */
export function plainCell(text: string): string {
  return /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
}
