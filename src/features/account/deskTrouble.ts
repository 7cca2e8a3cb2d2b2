import { ref } from 'vue'
import { Refused, sentenceOf } from '../../data/failure'

/** One thing at a time with the server: what went wrong in words, and whether signing in again is the way on. */
export function useDeskTrouble() {
  const busy = ref(false)
  const trouble = ref('')
  const signIn = ref(false)
  const factor = ref(false)

  /** Resolves with whether it was done. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    trouble.value = ''
    try {
      await work()
      signIn.value = factor.value = false
      return true
    } catch (reason) {
      trouble.value = sentenceOf(reason)
      signIn.value = reason instanceof Refused && (reason.status === 401 || reason.code === 'sign-in-again')
      factor.value = reason instanceof Refused && reason.code === 'second-factor'
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, trouble, signIn, factor, attempt }
}
