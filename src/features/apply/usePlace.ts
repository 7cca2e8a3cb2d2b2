import { nextTick, onScopeDispose, watch, type Ref } from 'vue'
import { rememberPlace, readPlace } from '../../data/place'

/**
 * Remembers step and scroll position while a step is open, and scrolls back there when the same step is opened first.
 * @param ready the step is drawn; @param elsewhere the address names a field, which decides where to look.
 */
export function usePlace(draft: Ref<string>, step: Ref<string>, ready: () => boolean, elsewhere: () => boolean): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const remember = () => {
    clearTimeout(timer)
    timer = setTimeout(() => ready() && rememberPlace(draft.value, { step: step.value, scroll: Math.round(scrollY) }), 400)
  }
  let first = true

  watch(
    [draft, step, ready],
    async () => {
      if (!ready()) return
      const place = first ? readPlace(draft.value) : null
      first = false
      remember()
      if (elsewhere() || place?.step !== step.value) return
      await nextTick()
      // Lazy parts of the step (rows, photos) are drawn a moment later; the second try finds the full height.
      for (const wait of [0, 250]) setTimeout(() => scrollTo(0, place.scroll), wait)
    },
    { immediate: true },
  )
  addEventListener('scroll', remember, { passive: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    removeEventListener('scroll', remember)
  })
}
