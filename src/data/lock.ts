/** Work that one tab at a time may do. */
const waiting = new Map<string, Promise<unknown>>()
const chains = new Map<string, Promise<unknown>>()

/** Runs when no other tab (and nothing else here) does work of this name. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (typeof navigator !== 'undefined' && 'locks' in navigator) return navigator.locks.request(name, work) as Promise<T>
  // Without Web Locks, this tab's own work at least runs in turn.
  const turn = (chains.get(name) ?? Promise.resolve()).then(work)
  chains.set(
    name,
    turn.catch(() => undefined),
  )
  return turn
}

/** The same for repeatable work: whoever comes while one call waits for its turn shares it, so that no queue builds up. */
export function onceMore<T>(name: string, work: () => Promise<T>): Promise<T> {
  const found = waiting.get(name)
  if (found) return found as Promise<T>
  const leave = () => void (waiting.get(name) === turn && waiting.delete(name))
  const turn: Promise<T> = alone(name, () => {
    leave()
    return work()
  })
  waiting.set(name, turn)
  turn.catch(leave)
  return turn
}

/** Who holds this one sends a database's answers: whichever tab, or the service worker when no page is open. */
export const answersTurn = (database: string) => `jiangshen-drain-${database}`
