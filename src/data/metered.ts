/** Lines that are paid by the megabyte: text and small pictures go, whole files wait until their user says so. */
import { shallowRef } from 'vue'
import { changed } from './wake'

/** Bytes of files in all that go unasked. */
export const UNASKED = 1024 * 1024
const KEY = 'jiangshen-metered'

type Choice = 'now' | 'later' | null
interface Line {
  saveData?: boolean
  type?: string
  addEventListener?: (event: 'change', listener: () => void) => void
}

const lineOf = () => (typeof navigator === 'undefined' ? undefined : (navigator as { connection?: Line }).connection)
const isMetered = () => Boolean(lineOf()?.saveData) || lineOf()?.type === 'cellular'

const metered = shallowRef(isMetered())
const choice = shallowRef<Choice>(recall())
lineOf()?.addEventListener?.('change', () => {
  metered.value = isMetered()
  changed()
})

/** Whether the browser says that this line is paid for; where it says nothing, it isn't. Reactive. */
export const meteredLine = () => metered.value

/** What was chosen in this session. Reactive. */
export const meteredChoice = () => choice.value

/** For as long as the browser's tab lives. */
export function chooseMetered(next: 'now' | 'later'): void {
  choice.value = next
  try {
    sessionStorage.setItem(KEY, next)
  } catch {
    // Then it is asked again after a reload.
  }
  changed()
}

/** Whether files of so many bytes in all have to wait for a word of their user or another line. */
export const mustWait = (bytes: number) => isMetered() && choice.value !== 'now' && bytes > UNASKED

/** A submission needs its files, and they wait on a metered line. */
export class WaitsForConsent extends Error {
  override readonly name = 'WaitsForConsent'
  constructor() {
    super('现在用的是流量，照片还没有传完。请在上面点“现在传”，或者连上 Wi-Fi 以后再提交。')
  }
}

function recall(): Choice {
  try {
    const stored = sessionStorage.getItem(KEY)
    return stored === 'now' || stored === 'later' ? stored : null
  } catch {
    return null
  }
}
