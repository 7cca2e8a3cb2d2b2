/** A bug that could have been made: one piece of one file, replaced. */
export interface Mutant {
  name: string
  file: string
  from: string
  to: string
}
