import type { Router } from 'vue-router'
import { isShut } from '../data/door'
import { phone } from '../data/phone'
import { readPlace } from '../data/place'

const HERE = 'jiangshen-here'

/**
 * Opened anew at the start page (from the home screen, after a kill), the app goes back to the step its user was in.
 * Within the same tab the start page stays the start page: whoever goes there means it.
 */
export async function returnToPlace(router: Router): Promise<void> {
  // Asked first: a tab that began on another page is no new one when it comes to the start page.
  if (!isNewSession() || location.pathname !== '/') return
  const place = readPlace()
  if (!place) return
  // Whoever has to give a PIN first is led there afterwards.
  if (isShut(phone().db.name)) await (await import('../data/pin/lock')).unlocked()
  const { readDraft } = await import('../data/read')
  const view = await readDraft(place.draft).catch(() => null)
  // What is deleted, submitted or another account's is no work that was interrupted.
  if (!view || view.deleted || view.submission || router.currentRoute.value.path !== '/') return
  await router.push(`/apply/${place.draft}/${place.step}`)
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
