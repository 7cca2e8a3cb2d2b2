/** Whose drafts are whose: signing in relabels the guest's database, or moves its drafts into the account's own. */
import type { Account } from '../domain/api'
import type { Json } from '../domain/sync'
import { PhoneDatabase } from './database'
import { databaseNames, newDatabaseName, ownerOf, phone, useDatabase } from './phone'
import { readDrafts } from './read'

/** How many drafts a guest has begun here; null when somebody is signed in. */
export async function guestDrafts(): Promise<number | null> {
  if ((await ownerOf(phone().db)).account !== null) return null
  return (await readDrafts()).filter(({ deleted }) => !deleted).length
}

/**
 * Puts the account's database to use. With `adopt`, the guest's drafts become the account's: the whole database where the
 * account has none on this phone, else draft by draft; a move that was killed goes on from where it stood.
 */
export async function becomeAccount(account: Account, adopt: boolean): Promise<void> {
  const { db: current, codec } = phone()
  const owner = await ownerOf(current)
  const payload = await codec.seal({ name: account.name, phone: account.phone })
  if (owner.account === account.id) {
    await current.owner.update('owner', { payload })
    return
  }
  const guest = owner.account === null ? current.name : null
  const own = await databaseOf(account.id)
  if (guest && !own && (adopt || (await current.drafts.count()) === 0)) {
    await current.owner.update('owner', { account: account.id, payload })
    return
  }
  const name = own ?? newDatabaseName()
  const target = new PhoneDatabase(name)
  await ownerOf(target)
  await target.owner.update('owner', { account: account.id, payload })
  if (guest && adopt) await moveDrafts(current, target)
  target.close()
  useDatabase(name)
}

/** Signing out leaves everything where it is and goes back to a guest's database, an earlier one where there is one. */
export async function becomeGuest(): Promise<void> {
  useDatabase((await databaseOf(null)) ?? newDatabaseName())
}

async function databaseOf(account: string | null): Promise<string | null> {
  for (const name of await databaseNames()) {
    const db = new PhoneDatabase(name)
    const owner = await db.owner.get('owner')
    db.close()
    if (owner && owner.account === account) return name
  }
  return null
}

/** Draft by draft, file by file; each one is erased from the guest's database only after it stands in the other. */
async function moveDrafts(from: PhoneDatabase, to: PhoneDatabase): Promise<void> {
  for (const draft of await from.drafts.toArray()) {
    const registers = await from.registers.where('draft').equals(draft.id).toArray()
    const uploads = await from.uploads.where('draft').equals(draft.id).toArray()
    for (const { sha256 } of uploads) {
      for (const table of ['files', 'thumbnails'] as const) {
        const row = await from[table].get(sha256)
        if (row) await to[table].put(row)
      }
    }
    await to.transaction('rw', [to.drafts, to.registers, to.outbox, to.uploads], async () => {
      if (await to.drafts.get(draft.id)) return
      await to.drafts.add(draft)
      await to.registers.bulkPut(registers)
      await to.uploads.bulkPut(uploads)
      // `$draft` creates the draft at the server, so its operation goes first. A guest has no PIN: payloads are plain.
      for (const { path, payload } of registers.sort((a, b) => Number(b.path === '$draft') - Number(a.path === '$draft'))) {
        const { value, at } = payload as { value: Json; at: string }
        await to.outbox.add({ draft: draft.id, path, base: 0, seq: null, state: 'waiting', payload: { value, at } })
      }
    })
    await from.transaction('rw', [from.drafts, from.registers, from.outbox, from.uploads], async () => {
      await from.drafts.delete(draft.id)
      await from.registers.where('draft').equals(draft.id).delete()
      await from.outbox.where('draft').equals(draft.id).delete()
      await from.uploads.where('draft').equals(draft.id).delete()
    })
  }
  await from.files.clear()
  await from.thumbnails.clear()
}
