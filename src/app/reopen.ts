import type { Router } from 'vue-router'
import { readPlace } from '../data/place'

const HERE = 'jiangshen-here'

/**
 * Opened anew at the start page (from the home screen, after a kill), the app goes back to the step its user was in.
 * Within the same tab the start page stays the start page: whoever goes there means it.
 */
export function returnToPlace(router: Router): void {
  if (location.pathname !== '/' || !isNewSession()) return
  const place = readPlace()
  if (place) void router.push(`/apply/${place.draft}/${place.step}`)
}

function isNewSession(): boolean {
  try {
    const fresh = sessionStorage.getItem(HERE) === null
    sessionStorage.setItem(HERE, '1')
    return fresh
  } catch {
    return false
  }
}
