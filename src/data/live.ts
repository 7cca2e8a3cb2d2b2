import { liveQuery } from 'dexie'
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { onDatabaseChange } from './phone'

/**
 * A Dexie query as a ref: the screen follows the tables, never a copy of them.
 * `query` is asked again when a table it read changes, when `sources` change, or when another database comes into use.
 * A failing query leaves the last value and says so in `fault`.
 */
export function useLive<T>(query: () => Promise<T>, whileLoading: T, sources: () => unknown = () => null) {
  const value = ref(whileLoading) as Ref<T>
  const loaded = ref(false)
  const fault = ref<unknown>(null)
  let subscription: { unsubscribe(): void } | null = null

  const subscribe = () => {
    subscription?.unsubscribe()
    // Of another draft or another account nothing may stay in sight, nor be edited under the new name.
    value.value = whileLoading
    loaded.value = false
    subscription = liveQuery(query).subscribe({
      next: (next) => {
        value.value = next
        loaded.value = true
        fault.value = null
      },
      error: (reason: unknown) => {
        fault.value = reason
        loaded.value = true
      },
    })
  }
  watch(sources, subscribe, { immediate: true })
  const stopFollowing = onDatabaseChange(subscribe)
  onScopeDispose(() => {
    subscription?.unsubscribe()
    stopFollowing()
  })
  return { value, loaded, fault }
}
