/** The id of the control (or of the group of controls) that holds the answer at this path. */
export function fieldId(name: string): string {
  return `field-${name.replaceAll('/', '--')}`
}

/** Puts the focus into a field, clear of bars (`scroll-padding` in style.css); false where it isn't on the screen. */
export function focusField(id: string): boolean {
  const place = document.getElementById(id)
  if (!place) return false
  const controls = 'input:not([type="hidden"]), select, textarea, button'
  const target = place.matches(controls) ? place : (place.querySelector<HTMLElement>(controls) ?? place)
  if (target === place && !place.matches(controls)) place.tabIndex = -1
  target.focus({ preventScroll: true })
  const heading = place.closest('.field')
  ;(heading ?? place).scrollIntoView({ block: 'start' })
  return document.activeElement === target
}
