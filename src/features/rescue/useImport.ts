import { ref, shallowRef } from 'vue'
import { flushAll } from '../../data/flush'
import type { Target } from '../../data/rescue/import'
import type { OpenedPackage } from '../../data/rescue/unpack'
import { troubleOf } from './words'

/** A package that was opened: what it would meet here, and bringing it in. */
export function useImport() {
  const opened = shallowRef<OpenedPackage | null>(null)
  const target = shallowRef<Target | null>(null)
  const bringing = ref(false)
  const share = ref(0)
  const trouble = ref('')

  async function show(next: OpenedPackage): Promise<void> {
    const { targetOf } = await import('../../data/rescue/import')
    target.value = await targetOf(next.content)
    opened.value = next
  }

  /** Resolves with the draft's id, or null where it failed: then `trouble` says why, and nothing was kept. */
  async function bring(copy: boolean): Promise<string | null> {
    if (!opened.value || bringing.value) return null
    bringing.value = true
    trouble.value = ''
    share.value = 0
    try {
      await flushAll()
      const { importPackage } = await import('../../data/rescue/import')
      return await importPackage(opened.value, { copy, onProgress: (now) => (share.value = now) })
    } catch (reason) {
      trouble.value = troubleOf(reason)
      return null
    } finally {
      bringing.value = false
    }
  }

  return { opened, target, bringing, share, trouble, show, bring }
}
