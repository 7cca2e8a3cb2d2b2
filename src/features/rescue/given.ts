/** A code that is being shown, and one that was typed: kept for this tab, so that a killed page or signing in loses neither. */
const GIVEN = 'jiangshen-handover'
const TYPED = 'jiangshen-handover-code'

export interface Given {
  draft: string
  code: string
  id: string
  /** ISO, the server's clock. */
  expiresAt: string
}

export function noteGiven(given: Given | null): void {
  keep(GIVEN, given && JSON.stringify(given))
}

/** The code that this draft waits under; null when there is none. */
export function readGiven(draft: string): Given | null {
  try {
    const given = JSON.parse(sessionStorage.getItem(GIVEN) ?? 'null') as Given | null
    return given?.draft === draft ? given : null
  } catch {
    return null
  }
}

export const noteTyped = (code: string | null) => keep(TYPED, code)

export function readTyped(): string {
  try {
    return sessionStorage.getItem(TYPED) ?? ''
  } catch {
    return ''
  }
}

function keep(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, value)
  } catch {
    // A convenience only: a new code is quickly made.
  }
}
