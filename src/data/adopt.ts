/** Whose drafts are whose: signing in relabels the guest's database, or moves its drafts into the account's own. */
import type { Account } from '../domain/api'
import { Locked } from './door'
import { alone } from './lock'
import { moveDrafts } from './move'
import { newDatabaseName, ownerOf, phone, phoneOn, setOwner, useDatabase, type Phone } from './phone'
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
  const current = phone()
  const owner = await ownerOf(current.db)
  if (owner.account === account.id) return label(current, account)
  const guest = owner.account === null ? current.db.name : null
  const own = await databaseOf(account.id)
  if (guest && !own && (adopt || (await current.db.drafts.count()) === 0)) {
    await label(current, account)
    noteOwner(guest, account.id)
    return
  }
  const name = own ?? newDatabaseName()
  const target = phoneOn(name)
  await ownerOf(target.db)
  await label(target, account)
  noteOwner(name, account.id)
  // Into a locked one nothing can be written: what its user wants is noted there, and done once it is open.
  if (guest && adopt && (await target.db.pin.count()) > 0) await target.db.pin.update('pin', { adopt: guest })
  else if (guest && adopt) await moveDrafts(current, target)
  target.db.close()
  useDatabase(name)
}

/** A locked database keeps the name that stands in it; it is this account's already. */
async function label({ db, codec }: Phone, { id, name, phone: number }: Account): Promise<void> {
  const payload = await codec.seal({ name, phone: number }).catch((reason: unknown) => {
    if (!(reason instanceof Locked)) throw reason
  })
  await setOwner(db, { account: id, ...(payload ? { payload } : {}) })
}

/** Goes on with an adoption that waited for the PIN. */
export function continueAdoption(): Promise<void> {
  return alone('jiangshen-account', async () => {
    const home = phone()
    const guest = (await home.db.pin.get('pin'))?.adopt
    if (!guest) return
    const from = phoneOn(guest)
    // Its drafts can have become another account's meanwhile.
    if ((await ownerOf(from.db)).account === null) await moveDrafts(from, home)
    from.db.close()
    await home.db.pin.update('pin', { adopt: undefined })
  })
}

/** Signing out leaves everything where it is and goes back to a guest's database, an earlier one where there is one. */
export async function becomeGuest(): Promise<void> {
  useDatabase((await databaseOf(null)) ?? newDatabaseName())
}
