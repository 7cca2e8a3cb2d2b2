/** What can be measured on a drawn page; each finding is a sentence that names its element. */
import type { Page } from '@playwright/test'

/** Everything that can be pressed or typed into and is smaller than a finger. Links within a sentence are exempt (WCAG 2.5.8). */
export const smallTargets = (page: Page, least: number): Promise<string[]> =>
  page.evaluate((px) => {
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [role="button"]')) {
      // A tick is as large as the words that it belongs to.
      const target = element.matches('[type="checkbox"], [type="radio"]') ? (element.closest('label') ?? element) : element
      const box = target.getBoundingClientRect()
      const inSentence = element.matches('p a, li a, span a') && getComputedStyle(element).display === 'inline'
      if (inSentence || element.closest('.sr-only') || !target.checkVisibility({ visibilityProperty: true })) continue
      if (element.matches('.sr-only, [aria-hidden="true"]')) continue
      if (box.width < px - 0.5 || box.height < px - 0.5)
        found.push(`${element.tagName} “${(element.getAttribute('aria-label') ?? target.textContent ?? '').trim().slice(0, 20)}” ${Math.round(box.width)}×${Math.round(box.height)}`)
    }
    return found
  }, least)

/** What stands out of the screen to the right, apart from what scrolls in a frame of its own. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const framed = (element: Element) => {
      for (let at = element.parentElement; at; at = at.parentElement)
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true
      return false
    }
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > clientWidth + 1 && !framed(element))
      .map((element) => `${element.tagName}.${element.className} “${(element.textContent ?? '').trim().slice(0, 20)}”`)
  })

/** Words that are cut off by their own box. */
export const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cuts = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element)
      const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      // A wheel shows some of its lines at a time.
      if (element.matches('.sr-only, textarea, input, select') || element.querySelector('[role="listbox"]') || (!words && element.querySelector('img'))) return false
      const wide = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1
      const high = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1
      return (wide || high) && (element.textContent ?? '').trim() !== ''
    }
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.checkVisibility() && cuts(element))
      .map((element) => `${element.tagName}.${element.className} “${(element.textContent ?? '').trim().slice(0, 20)}”`)
  })
