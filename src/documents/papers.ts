import type { Award } from '../domain/forms/kinds'
import { annex1 } from './annex1'
import { annex2 } from './annex2'
import { dossier } from './dossier'
import type { Paper } from './grid'
import type { PaperInput } from './reader'
import { report } from './report'

const builders: Record<Award, readonly ((input: PaperInput) => Paper)[]> = {
  studio: [annex1, report],
  technician: [annex2, dossier],
}

/** The papers that an application of this award prints, in the order of its sealed slots. */
export function documentsOf(award: Award, input: PaperInput): Paper[] {
  return builders[award].map((build) => build(input))
}
