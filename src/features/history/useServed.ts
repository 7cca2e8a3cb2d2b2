import { ref, shallowRef } from 'vue'
import { Refused } from '../../data/failure'
import { fetchHistory } from '../../data/history'
import type { Register } from '../../domain/sync'

/** What the server has of a draft's past, page by page; without it the phone's own record is enough, and says so. */
export function useServed(draft: () => string) {
  const versions = shallowRef<Register[]>([])
  const more = ref(true)
  const state = ref('正在取服务器上的记录…')

  async function next(): Promise<void> {
    if (!more.value) return
    try {
      const page = await fetchHistory(draft(), versions.value.at(-1)?.version)
      versions.value = [...versions.value, ...page.versions]
      more.value = page.more && page.versions.length > 0
      state.value = ''
    } catch (reason) {
      state.value = wordsFor(reason)
    }
  }
  return { versions, more, state, next }
}

function wordsFor(reason: unknown): string {
  if (reason instanceof Refused && reason.status === 401) return '没有登录，这里是这台手机上的记录。'
  if (reason instanceof Refused && reason.status === 404) return '这份草稿还没有同步，这里是这台手机上的记录。'
  return '现在没有连上服务器，这里是这台手机上的记录。'
}
