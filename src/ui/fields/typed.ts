import { ref, watch } from 'vue'

/** How many own values may still be on their way back from the store. */
const ECHOES = 24

/**
 * The text of a typed control. What the user types is shown from here, never from the store's echo, so that
 * a late echo can't undo a key stroke or disturb an input method.
 * @param value the stored answer as text
 * @param send called with every change, and with the normalised text when the field is left
 */
export function useTyped(value: () => string, send: (text: string) => void, normalise: (text: string) => string) {
  const text = ref(value())
  const focused = ref(false)
  const sent: string[] = []

  watch(value, (now) => {
    if (now !== text.value && !(focused.value && sent.includes(now))) text.value = now
  })

  function change(now: string) {
    if (now === text.value) return
    text.value = now
    sent.push(now)
    if (sent.length > ECHOES) sent.shift()
    send(now)
  }
  return {
    text,
    focused,
    change,
    onInput: (event: Event) => change((event.target as HTMLInputElement).value),
    onFocus() {
      focused.value = true
      sent.length = 0
    },
    onBlur() {
      focused.value = false
      change(normalise(text.value))
    },
  }
}
