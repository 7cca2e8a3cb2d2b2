/** What an invariant of a history was broken by. */
export class Violation extends Error {
  override readonly name = 'Violation'
  constructor(
    readonly invariant: string,
    text: string,
  ) {
    super(text.startsWith(invariant) ? text : `${invariant}: ${text}`)
  }
}
