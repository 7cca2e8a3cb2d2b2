/** A draft of an earlier form is brought to today's when it is opened: ordinary edits, which sync like any other. */
import { formOf, isAward } from '../domain/forms'
import type { Award } from '../domain/forms/kinds'
import { migrate, migrations, type Migrations } from '../domain/forms/migrations'
import { alone } from './lock'
import { phone } from './phone'
import { readDraft, readValues } from './read'
import { write } from './write'

export interface FormVersions {
  versionOf(award: Award): number
  table: Migrations
}
const real: FormVersions = { versionOf: (award) => formOf(award).version, table: migrations }

/**
 * All edits and the raised `$draft` are one transaction: killed in between, it starts over; on a second phone the equal
 * values merge as the same. What is submitted and unchanged since stays as it was submitted. Resolves with whether
 * anything was written; throws what `write` throws, and then the draft is as it was.
 * @param forms for tests: versions that never were
 */
export function migrateDraft(id: string, forms: FormVersions = real): Promise<boolean> {
  return alone(`jiangshen-migrate-${phone().db.name}`, async () => {
    const values = await readValues(id)
    const { award } = (values.get('$draft') ?? {}) as { award?: unknown }
    if (!isAward(award)) return false
    const edits = migrate(values, { award, version: forms.versionOf(award) }, forms.table)
    if (edits.length === 0 || (await isAsSubmitted(id))) return false
    await write(id, edits)
    return true
  })
}

async function isAsSubmitted(id: string): Promise<boolean> {
  const view = await readDraft(id)
  if (!view?.submission) return false
  const { waiting, held } = view.delivery
  return view.revision === view.submission.revision && waiting + held === 0
}
