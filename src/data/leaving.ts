/** Signing out with work that has not been sent: send it, leave it here, or give it up. */
import Dexie from 'dexie'
import { becomeGuest } from './adopt'
import { flushBeforeSwitch } from './flush'
import { phone } from './phone'
import { escrow } from './pin/escrow'
import { forgetDoor } from './pin/notes'
import { readDrafts } from './read'
import { forgetOwner } from './registry'
import { wire } from './wire'

export interface Unsent {
  /** Answers and other changes that are on this phone only, those that wait for the consent or were refused too. */
  changes: number
  /** Photos and files that the server has not confirmed. */
  files: number
}

/** What would be lost with this phone; also of drafts in the bin. */
export async function readUnsent(): Promise<Unsent> {
  const drafts = await readDrafts()
  return drafts.reduce(
    (sum, { delivery: { waiting, held, refused, unconfirmed } }) => ({
      changes: sum.changes + waiting + held + refused.length,
      files: sum.files + unconfirmed,
    }),
    { changes: 0, files: 0 },
  )
}

/** Back to a guest; what is in the account's database stays there, locked where it has a PIN. Throws where words can't be written. */
export async function leave(): Promise<void> {
  await flushBeforeSwitch()
  await (await wire()).signOut().catch(() => undefined)
  await becomeGuest()
}

/**
 * Signs out and erases this account's database from this phone, and nothing else: what the server has stays there.
 * Throws like `leave`; then nothing is erased.
 */
export async function leaveAndErase(): Promise<void> {
  const { db } = phone()
  const pin = await db.pin.get('pin')
  await flushBeforeSwitch()
  // While the session lasts; a key that stays there opens nothing any more.
  if (pin) await escrow().then((one) => one.drop(pin.id)).catch(() => undefined)
  await leave()
  await Dexie.delete(db.name)
  forgetOwner(db.name)
  forgetDoor(db.name)
}
