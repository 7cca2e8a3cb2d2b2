import { reactive, readonly } from 'vue'

/** How this phone shows the app; not an answer, therefore in localStorage and outside of any account. */
export interface Appearance {
  /** 长辈版: larger words and targets. */
  elder: boolean
  /** `system` follows the phone. */
  theme: 'system' | 'light' | 'dark'
}

const KEY = 'appearance'
const themes = ['system', 'light', 'dark'] as const
const state = reactive<Appearance>({ elder: false, theme: 'system' })

/** Reads what was chosen and dresses <html>; called before the app mounts, so that nothing jumps. */
export function restoreAppearance(): void {
  const stored = read()
  state.elder = stored.elder === true
  state.theme = themes.find((theme) => theme === stored.theme) ?? 'system'
  dress()
}

/** The choice of this phone, and how to change it. A private window keeps it until it is closed. */
export function useAppearance() {
  return {
    appearance: readonly(state),
    choose(change: Partial<Appearance>) {
      Object.assign(state, change)
      dress()
      try {
        localStorage.setItem(KEY, JSON.stringify(state))
      } catch {
        // Storage is refused or full: the choice holds until the page is closed.
      }
    },
  }
}

function dress() {
  const { dataset } = document.documentElement
  if (state.elder) dataset.elder = ''
  else delete dataset.elder
  if (state.theme === 'system') delete dataset.theme
  else dataset.theme = state.theme
}

function read(): Partial<Record<keyof Appearance, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof stored === 'object' && stored !== null ? stored : {}
  } catch {
    return {}
  }
}
