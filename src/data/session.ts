import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Account } from '../domain/api'
import { becomeAccount } from './adopt'
import { drain } from './drain'
import { flushBeforeSwitch } from './flush'
import { useLive } from './live'
import { ownerOf, phone } from './phone'
import { wire } from './wire'

/** Who uses this phone's current database. The session itself is a cookie; an ended one never touches drafts. */
export const useSession = defineStore('session', () => {
  const { value: account } = useLive<Account | null>(async () => {
    const { db, codec } = phone()
    // Read only: whoever writes first makes the row (`ownerOf`), a live query must not.
    const owner = await db.owner.get('owner')
    return owner?.account ? { id: owner.account, ...(await codec.open(owner.payload)) } : null
  }, null)
  const busy = ref(false)

  /** Asks for a code by SMS; throws what the wire throws. */
  const askCode = async (number: string) => (await wire()).askCode(number)

  /** Checks the code; nothing on this phone has changed yet: `enter` does that, after asking about the guest's drafts. */
  const checkCode = async (request: string, number: string, code: string) => (await wire()).signIn(request, number, code)

  async function enter(who: Account, adopt: boolean): Promise<void> {
    busy.value = true
    try {
      await flushBeforeSwitch()
      await ownerOf(phone().db)
      await becomeAccount(who, adopt)
      void drain()
    } finally {
      busy.value = false
    }
  }

  return { account, busy, askCode, checkCode, enter }
})
