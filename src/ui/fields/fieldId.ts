/** The id of the control (or of the group of controls) that holds the answer at this path. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('/', '--')}`
}

/** In the messages of a row by column: what is said of the row as a whole. */
export const WHOLE = ''

const TYPED = 'input:not([type="file"]), select, textarea'

/**
 * Puts the focus into a field, clear of bars (`scroll-padding` in style.css). A group passes it on to its first
 * control, a table, a row or photo slot keeps it: its message speaks about the whole.
 * @returns false where there is no such field on the screen
 */
export function focusField(id: string): boolean {
  const place = document.getElementById(id)
  if (!place) return false
  const alone = place.matches(TYPED)
  const single = alone || place.matches('.picks')
  const target = single && !alone ? (place.querySelector<HTMLElement>(TYPED) ?? place) : place
  if (!single) place.tabIndex = -1
  target.focus({ preventScroll: true })
  const shell = place.matches('.row') ? place : (place.closest('.field') ?? place)
  shell.scrollIntoView({ block: 'start' })
  return true
}

/** The same for a part of a page that is no field: its first typed control. */
export function focusInto(id: string): void {
  const control = document.getElementById(id)?.querySelector<HTMLElement>(TYPED)
  control?.focus({ preventScroll: true })
  control?.closest('.field')?.scrollIntoView({ block: 'center' })
}
