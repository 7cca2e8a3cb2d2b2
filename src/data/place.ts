/** Where its user was in a draft: kept in localStorage, because it is no part of the draft and is written while scrolling. */
const KEY = 'jiangshen-place'
const KEPT = 20

export interface Place {
  draft: string
  step: string
  /** px */
  scroll: number
}

/** The place in this draft, or the last one of all. */
export function readPlace(draft?: string): Place | null {
  const places = all()
  return (draft ? places.find((place) => place.draft === draft) : places[0]) ?? null
}

export function rememberPlace(draft: string, { step, scroll }: Omit<Place, 'draft'>): void {
  try {
    const others = all().filter((place) => place.draft !== draft)
    localStorage.setItem(KEY, JSON.stringify([{ draft, step, scroll }, ...others].slice(0, KEPT)))
  } catch {
    // A convenience only.
  }
}

function all(): Place[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Place[]
  } catch {
    return []
  }
}
