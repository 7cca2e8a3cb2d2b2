/** Whose drafts are whose: signing in relabels the guest's database, or moves its drafts into the account's own. */
import type { Account } from '../domain/api'
import { PhoneDatabase } from './database'
import { alone } from './lock'
import { moveDrafts } from './move'
import { newDatabaseName, ownerOf, phone, setOwner, useDatabase } from './phone'
import { readDrafts } from './read'
import { databaseOf, noteOwner } from './registry'

/** How many drafts a guest has begun here; null when somebody is signed in. */
export async function guestDrafts(): Promise<number | null> {
  if ((await ownerOf(phone().db)).account !== null) return null
  return (await readDrafts()).filter(({ deleted }) => !deleted).length
}

/**
 * Puts the account's database to use. With `adopt`, the guest's drafts become the account's: the whole database where the
 * account has none on this phone, else draft by draft; a move that was killed goes on from where it stood.
 */
export function becomeAccount(account: Account, adopt: boolean): Promise<void> {
  return alone('jiangshen-account', () => takeOver(account, adopt))
}

async function takeOver(account: Account, adopt: boolean): Promise<void> {
  const { db: current, codec } = phone()
  const owner = await ownerOf(current)
  const payload = await codec.seal({ name: account.name, phone: account.phone })
  if (owner.account === account.id) {
    await setOwner(current, { payload })
    return
  }
  const guest = owner.account === null ? current.name : null
  const own = await databaseOf(account.id)
  if (guest && !own && (adopt || (await current.drafts.count()) === 0)) {
    await setOwner(current, { account: account.id, payload })
    noteOwner(current.name, account.id)
    return
  }
  const name = own ?? newDatabaseName()
  const target = new PhoneDatabase(name)
  await ownerOf(target)
  await setOwner(target, { account: account.id, payload })
  noteOwner(name, account.id)
  if (guest && adopt) await moveDrafts(current, target)
  target.close()
  useDatabase(name)
}

/** Signing out leaves everything where it is and goes back to a guest's database, an earlier one where there is one. */
export async function becomeGuest(): Promise<void> {
  useDatabase((await databaseOf(null)) ?? newDatabaseName())
}
