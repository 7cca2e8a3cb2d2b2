import type { VueWrapper } from '@vue/test-utils'

/** The accessible name, as far as our components make it: aria-labelledby, aria-label, then labels. */
export function nameOf(element: Element): string {
  const by = element.getAttribute('aria-labelledby')
  if (by) return words(by.split(' ').map((id) => document.getElementById(id)))
  const own = element.getAttribute('aria-label')
  if (own) return own
  const labels = 'labels' in element ? (element as HTMLInputElement).labels : null
  if (labels && labels.length > 0) return words([...labels])
  return words([element])
}

/** What a screen reader adds after the name. */
export function descriptionOf(element: Element): string {
  const by = element.getAttribute('aria-describedby') ?? ''
  return words(by.split(' ').map((id) => document.getElementById(id)))
}

const words = (elements: (Element | null)[]) =>
  elements
    .map((element) => element?.textContent ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Controls and groups of this exact name, as getByLabel(name, { exact: true }) would find them. */
export function labelled<E extends HTMLElement = HTMLInputElement>(page: VueWrapper, name: string): E[] {
  const named = 'input, textarea, select, [role="radiogroup"], [role="group"]'
  return [...around(page).querySelectorAll<E>(named)].filter((element) => nameOf(element) === name)
}

export function button(page: VueWrapper, name: string): HTMLButtonElement {
  const found = [...around(page).querySelectorAll('button')].find((one) => nameOf(one) === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}

const around = (page: VueWrapper): ParentNode => (page.element as Element).parentElement!
