/** Noted before the camera app opens: Android may end this page meanwhile, and the way back must be known. */
const KEY = 'jiangshen-waiting-photo'

export interface WaitingPhoto {
  draft: string
  slot: string
  shot?: string
}

export function noteWaiting(photo: WaitingPhoto | null): void {
  try {
    if (photo) localStorage.setItem(KEY, JSON.stringify(photo))
    else localStorage.removeItem(KEY)
  } catch {
    // Without it only the hint after a killed page is missing.
  }
}

/** The photo that a killed page was waiting for, once. */
export function takeWaiting(draft: string, slot: string): WaitingPhoto | null {
  try {
    const photo = JSON.parse(localStorage.getItem(KEY) ?? 'null') as WaitingPhoto | null
    if (photo?.draft !== draft || photo.slot !== slot) return null
    noteWaiting(null)
    return photo
  } catch {
    return null
  }
}

/** Whether the camera, or a picture to be chosen, may be in front of the page. */
export function photoAwaited(): boolean {
  try {
    return localStorage.getItem(KEY) !== null
  } catch {
    return false
  }
}
