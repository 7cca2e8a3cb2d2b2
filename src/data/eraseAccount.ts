import Dexie from 'dexie'
import type { ErasedAccount } from '../domain/api'
import { becomeGuest } from './adopt'
import { flushBeforeSwitch } from './flush'
import { phone } from './phone'
import { wire } from './wire'

/**
 * Erases the account at the server, and then its drafts and photos on this phone: without the account nothing would open
 * them again. Where the server refuses or can't be asked, nothing has changed. @throws Refused, Unreachable
 */
export async function eraseAccount(): Promise<ErasedAccount> {
  await flushBeforeSwitch()
  const { name } = phone().db
  const outcome = await (await wire()).eraseAccount()
  await becomeGuest()
  await Dexie.delete(name)
  return outcome
}
