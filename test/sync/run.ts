/** Runs histories by their numbers. */
import type * as Client from './client'
import { refuseOnFullDisks } from './device'
import { runHistory } from './history'
import { watchImmediates } from './idle'
import { Server, watchQueries } from './server'

/** @returns how to run one history; the process's own globals are changed for good. */
export async function simulator(clientCode: string, url: string) {
  watchImmediates()
  watchQueries()
  refuseOnFullDisks()
  const run = new Function('env', clientCode) as (env: object) => typeof Client
  const server = await Server.start(url)
  return {
    /** Resolves with null, or with what was violated and the whole record. */
    async history(seed: number): Promise<{ fault: Error; lines: string[] } | null> {
      const lines: string[] = []
      try {
        await runHistory(seed, server, run, (line) => lines.push(line))
        return null
      } catch (reason) {
        return { fault: reason instanceof Error ? reason : new Error(String(reason)), lines }
      }
    },
    stop: () => server.stop(),
  }
}
