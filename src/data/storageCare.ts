/** What is done for the stored drafts in the background, once the app is in use. */
import { noteDrafts } from './canary'
import { askWhenSensible } from './persistence'
import './reconnect'
import { onChange } from './wake'

/** ms after a save: nothing here may compete with the next key. */
const LATER = 3000

/** Called once by the app, never on page load: a browser that is asked too early says no. */
export function careForStorage(): void {
  let saves = 0
  let soon: ReturnType<typeof setTimeout> | undefined
  const care = () => {
    clearTimeout(soon)
    soon = setTimeout(() => void noteDrafts().then(() => askWhenSensible(saves)).catch(() => undefined), LATER)
  }
  onChange(() => {
    saves += 1
    care()
  })
  care()
}
