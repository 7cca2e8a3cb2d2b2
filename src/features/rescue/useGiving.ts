import { onScopeDispose, ref, shallowRef } from 'vue'
import { Refused } from '../../data/failure'
import { flushAll } from '../../data/flush'
import type { Prepared } from '../../data/handover'
import { noteGiven, readGiven, type Given } from './given'
import { troubleOf } from './words'

export type GivingState = 'asking' | 'packing' | 'sending' | 'failed' | 'waiting' | 'taken' | 'expired'

/** ms between two looks whether it was fetched. */
const LOOK = 4000
const courier = async () => (await import('../../data/courier')).httpCourier

/** The giver's side of a move: pack, send, show the code, and see when it was taken. */
export function useGiving(draft: string) {
  const state = ref<GivingState>('asking')
  const share = ref(0)
  const trouble = ref('')
  const given = shallowRef<Given | null>(null)
  const missing = ref(0)
  let prepared: Prepared | null = null
  let control = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  // A page that was killed while it showed a code shows it again.
  const earlier = readGiven(draft)
  if (earlier) wait(earlier)
  onScopeDispose(() => {
    clearTimeout(timer)
    control.abort()
  })

  async function begin(): Promise<void> {
    if (state.value === 'packing' || state.value === 'sending') return
    trouble.value = ''
    share.value = 0
    control = new AbortController()
    try {
      const { prepareHandover, giveHandover } = await import('../../data/handover')
      if (!prepared) {
        state.value = 'packing'
        await flushAll()
        prepared = await prepareHandover(draft, (now) => (share.value = now))
        missing.value = prepared.missing
      }
      state.value = 'sending'
      share.value = 0
      const { code, id, file } = prepared
      const sentSoFar = (sent: number) => (share.value = Math.min(1, sent / file.size))
      const expiresAt = await giveHandover(prepared, await courier(), sentSoFar, control.signal)
      prepared = null
      wait({ draft, code, id, expiresAt })
    } catch (reason) {
      if (control.signal.aborted) return
      trouble.value = troubleOf(reason)
      state.value = 'failed'
    }
  }

  function wait(now: Given): void {
    noteGiven(now)
    given.value = now
    state.value = 'waiting'
    void look()
  }

  async function look(): Promise<void> {
    clearTimeout(timer)
    if (!given.value) return
    try {
      const { state: standing } = await (await courier()).state(given.value.id)
      if (standing === 'taken') return end('taken')
    } catch (reason) {
      if (reason instanceof Refused && reason.status === 404) return end('expired')
      // Nothing is known while the network is away; the code stays in sight.
    }
    timer = setTimeout(() => void look(), LOOK)
  }

  function end(how: 'taken' | 'expired'): void {
    noteGiven(null)
    given.value = null
    state.value = how
  }

  /** Its giver has thought better of it: what was sent is removed. */
  async function cancel(): Promise<void> {
    clearTimeout(timer)
    control.abort()
    const id = given.value?.id
    noteGiven(null)
    given.value = null
    prepared = null
    state.value = 'asking'
    if (id) await (await courier()).done(id).catch(() => undefined)
  }

  return { state, share, trouble, given, missing, begin, cancel }
}
