/** Work that one tab at a time may do. */
const waiting = new WeakMap<object, Map<string, Promise<unknown>>>()
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

/**
 * The same for repeatable work: whoever comes while one call waits for its turn shares it, so that no queue builds up.
 * @param on what the work is done on: a database that was closed and opened anew is another one
 */
export function onceMore<T>(name: string, on: object, work: () => Promise<T>): Promise<T> {
  const mine = waiting.get(on) ?? new Map<string, Promise<unknown>>()
  waiting.set(on, mine)
  const found = mine.get(name)
  if (found) return found as Promise<T>
  const leave = () => void (mine.get(name) === turn && mine.delete(name))
  const turn: Promise<T> = alone(name, () => {
    leave()
    return work()
  })
  mine.set(name, turn)
  turn.catch(leave)
  return turn
}

/** Who holds this one sends a database's answers: whichever tab, or the service worker when no page is open. */
export const answersTurn = (database: string) => `jiangshen-drain-${database}`
