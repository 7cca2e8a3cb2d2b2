import { ERRORS, type Lock, type Locker } from '@tus/server'

/** ms that a request waits for an upload which another one is writing. */
const PATIENCE = 20_000

interface Place {
  enter(): void
  /** Asks whoever stands here to let go. */
  release(): void
}

/**
 * One request at a time per upload. Whoever comes asks the holder to let go: it is the same phone whose old connection
 * hangs. The holder writes down what it has and leaves. (The locker of @tus/server asks in a busy loop.) Other instances
 * don't see these locks: two of them would write the same bytes at the same place, and the whole digest has the last word.
 */
export function uploadLocks(patience = PATIENCE): Locker {
  const queues = new Map<string, Place[]>()
  return {
    newLock: (id): Lock => {
      let mine: Place | null = null
      return {
        lock: (signal, release) =>
          new Promise((resolve, reject) => {
            const queue = queues.get(id) ?? []
            queues.set(id, queue)
            const place: Place = { enter, release: () => void release() }
            const timer = setTimeout(giveUp, patience)
            signal.addEventListener('abort', giveUp)
            queue.push(place)
            if (queue[0] === place) enter()
            else queue[0]?.release()

            function enter() {
              clearTimeout(timer)
              signal.removeEventListener('abort', giveUp)
              mine = place
              resolve()
              // Those behind have been waiting already.
              if (queue.length > 1) place.release()
            }
            function giveUp() {
              clearTimeout(timer)
              queue.splice(queue.indexOf(place), 1)
              reject(ERRORS.ERR_LOCK_TIMEOUT as unknown as Error)
            }
          }),
        unlock: () => {
          const queue = queues.get(id)
          if (queue && mine && queue[0] === mine) {
            queue.shift()
            mine = null
            if (queue.length === 0) queues.delete(id)
            else queue[0]?.enter()
          }
          return Promise.resolve()
        },
      }
    },
  }
}
