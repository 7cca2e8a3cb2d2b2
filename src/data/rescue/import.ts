/**
 * A package becomes a draft of this phone: files first, each read back, then everything else in one transaction. The rule
 * is in rule.ts; importing the same package again changes nothing.
 */
import { NotKept } from '../storageFailure'
import { alone } from '../lock'
import { ownerOf, phone, type Phone } from '../phone'
import { changed } from '../wake'
import { asCopy } from './copy'
import type { PackageContent } from './content'
import { RescueFault } from './fault'
import { keepFiles } from './keepFiles'
import { decide } from './rule'
import { find, isUnchanged, standingOf, takenBefore } from './standing'
import { sealImport } from './seal'
import { store } from './store'
import type { OpenedPackage } from './unpack'

export interface Target {
  /** new: this phone doesn't have the draft; here: it will be merged; bin: it is in the bin here, and comes back. */
  meets: 'new' | 'here' | 'bin'
  /** It belongs to an account that isn't the one here: it can only come in as a copy. */
  foreign: boolean
}

/** What an import would meet; to be shown before it is asked for. */
export async function targetOf({ from, draft }: PackageContent): Promise<Target> {
  const home = phone()
  const { account } = await ownerOf(home.db)
  const deleted = (await standingOf(await find(home, draft.id), home)).get('$deleted')?.value === true
  const known = (await home.db.drafts.get(draft.id)) !== undefined
  return { meets: known ? (deleted ? 'bin' : 'here') : 'new', foreign: from.account !== null && from.account !== account }
}

export interface Importing {
  /** As a draft of its own, beside any that is here. */
  copy?: boolean
  /** From 0 to 1. */
  onProgress?: (share: number) => void
}

/**
 * Resolves with the draft's id when everything is on disk and was read back. Throws `RescueFault` (other-account without
 * `copy`, damaged, foreign), `NoRoomForDraft`, and what IndexedDB throws; then nothing of the package stays.
 */
export async function importPackage(opened: OpenedPackage, { copy = false, onProgress }: Importing = {}): Promise<string> {
  const home = phone()
  return alone(`jiangshen-import-${home.db.name}`, async () => {
    if (!copy && (await targetOf(opened.content)).foreign) throw new RescueFault('other-account')
    const content = copy ? await asCopy(opened.content, home) : opened.content
    const files = await keepFiles(opened, home, onProgress ?? (() => undefined))
    try {
      while (!(await importOnce(content, home)));
    } catch (reason) {
      await files.undo().catch(() => undefined)
      throw reason
    }
    changed()
    return content.draft.id
  })
}

/** False where something was written here in the meantime: then everything is weighed again. */
async function importOnce(content: PackageContent, home: Phone): Promise<boolean> {
  const { db, codec } = home
  const { epoch } = await ownerOf(db)
  const found = await find(home, content.draft.id)
  const here = await standingOf(found, home)
  const now = Date.now()
  const sameLife = !content.from.epoch || !epoch || content.from.epoch === epoch
  const decision = decide({ content, here, taken: takenBefore(found), sameLife, now })
  const deleted = here.get('$deleted')
  // It is in the bin here, and its user has asked for it.
  if (deleted?.value === true)
    decision.enter.push({ register: { ...deleted, value: null, at: new Date(now).toISOString() }, base: deleted.version })
  const sealed = await sealImport(content, decision, found, codec, now)
  const stored = await db.transaction('rw', db.tables, async () => {
    if (!isUnchanged(found, await find(home, content.draft.id))) return false
    await store(sealed, db)
    return true
  })
  if (stored) await readBack(content, home)
  return stored
}

/** Stored, and not there when it is looked for: that has been seen. */
async function readBack({ draft, registers }: PackageContent, home: Phone): Promise<void> {
  const found = await find(home, draft.id)
  const there = new Set(found.registers.map(({ path }) => path))
  if (!found.draft || registers.some(({ path }) => path !== '$deleted' && !there.has(path))) throw new NotKept()
}
