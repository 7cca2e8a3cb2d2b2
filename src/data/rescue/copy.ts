/** The same content as a draft of its own, for another account, or beside the one that is here. */
import { awardNames, isAward } from '../../domain/forms'
import type { Register } from '../../domain/sync'
import { digestOfBytes } from '../digest'
import { ownerOf, type Phone } from '../phone'
import type { PackageContent, PackedConflict, PackedVersion } from './content'

/**
 * Everything but what belongs to the first draft: its consent (another account is asked itself), its receipts and what
 * the server knows of it. Values that waited for a choice become earlier values.
 */
export async function asCopy(content: PackageContent, home: Phone): Promise<PackageContent> {
  const { registers, conflicts, versions, made } = content
  const about = registers.find(({ path }) => path === '$draft')
  const award = (about?.value as { award?: unknown } | undefined)?.award
  const titled = registers.find(({ path }) => path === '$title')
  const name = titled?.value || (isAward(award) ? awardNames[award] : '')
  const title: Register = { path: '$title', value: `${String(name)}（救援包）`, version: 0, by: titled?.by ?? '', at: made }
  const left = new Set(['$consent', '$deleted', '$title'])
  const kept = [...registers.filter(({ path }) => !left.has(path)).map((one) => ({ ...one, version: 0 })), title]
  return {
    ...content,
    from: { ...content.from, account: null, epoch: null },
    draft: { ...content.draft, id: await copyId(content.draft.id, home), revision: 0, submission: null },
    registers: kept,
    pending: kept.map(({ path }) => ({ path, base: 0 })),
    conflicts: [],
    receipts: [],
    versions: [...versions.map((one) => ({ ...one, version: 0 })), ...conflicts.map(neverStood)],
  }
}

function neverStood({ path, mine, by, at }: PackedConflict): PackedVersion {
  return { path, value: mine, by, at, version: 0, since: Date.parse(at), until: Date.parse(at) }
}

/** The same id each time, so that a second import finds the first one's copy; another one in every account. */
async function copyId(draft: string, { db }: Phone): Promise<string> {
  const { account, device } = await ownerOf(db)
  const guests = await idFrom(`${draft} ${device}`)
  return !account || (await db.drafts.get(guests)) ? guests : idFrom(`${draft} ${account}`)
}

async function idFrom(text: string): Promise<string> {
  const hex = await digestOfBytes(new TextEncoder().encode(text))
  // Version 8 of RFC 9562: of our own making.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
