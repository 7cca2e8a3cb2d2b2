import { liveQuery } from 'dexie'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { onDatabaseChange } from './phone'

/** ms until a query that failed is asked again, and the longest wait after several failures. */
const AGAIN = 500
const LONGEST = 30_000

/**
 * A Dexie query as a ref: the screen follows the tables, never a copy of them.
 * `query` is asked again when a table it read changes, when `sources` change, or when another database comes into use.
 * A failing query leaves the last value, says so in `fault`, and is asked again until it answers.
 */
export function useLive<T>(query: () => Promise<T>, whileLoading: T, sources: () => unknown = () => null) {
  const value = ref(whileLoading) as Ref<T>
  const loaded = ref(false)
  const fault = ref<unknown>(null)
  let subscription: { unsubscribe(): void } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const subscribe = () => {
    // Of another draft or another account nothing may stay in sight, nor be edited under the new name.
    value.value = whileLoading
    loaded.value = false
    failures = 0
    follow()
  }
  const follow = () => {
    stop()
    subscription = liveQuery(() => query().catch(saidAloud)).subscribe({
      next: (next) => {
        value.value = next
        loaded.value = true
        fault.value = null
        failures = 0
      },
      error: ({ cause }: Error) => {
        fault.value = cause
        timer = setTimeout(() => void again(cause), Math.min(LONGEST, AGAIN * 2 ** failures++))
      },
    })
  }
  const again = async (reason: unknown) => {
    const mine = subscription
    const help = await import('./reconnect').catch(() => null)
    // What could not be asked is not missing: a screen goes on waiting for it.
    if (help?.isConnectionError(reason)) await help.reconnect().catch(() => undefined)
    else loaded.value = true
    if (subscription === mine) follow()
  }
  const stop = () => {
    clearTimeout(timer)
    subscription?.unsubscribe()
    subscription = null
  }
  watch(sources, subscribe, { immediate: true })
  const stopFollowing = onDatabaseChange(subscribe)
  onScopeDispose(() => {
    stop()
    stopFollowing()
  })
  return { value, loaded, fault }
}

/** Dexie hides a closed database and an aborted query from those who follow it; wrapped, they hear of it. */
function saidAloud(cause: unknown): never {
  throw new Error('query', { cause })
}
